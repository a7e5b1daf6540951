package io.kappa.jobs.newsfeed;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code feed}: a post that a user gets to see.
 *
 * @param at when it was posted, in milliseconds
 */
public record FeedRow(String userId, String postId, String authorId, long at, String text) {

  static final Table<FeedRow> TABLE =
      Table.named("feed", FeedRow.class, "The newest posts of the authors that a user follows")
          .key(Column.text("user_id", FeedRow::userId, "whose feed it is"))
          .key(Column.text("post_id", FeedRow::postId, "the post"))
          .column(Column.text("author_id", FeedRow::authorId, "who wrote it"))
          .column(Column.timestamp("at", FeedRow::at, "when it was posted"))
          .column(Column.text("text", FeedRow::text, "what it says"))
          .build();

  static FeedRow of(String userId, PostKey post, String text) {
    return new FeedRow(userId, post.postId(), post.authorId(), post.at(), text);
  }
}
