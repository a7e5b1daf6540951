package io.kappa.jobs.trending;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code top_hashtags}: who has a rank in an hour.
 *
 * @param windowEnd the first millisecond after the hour
 * @param rank from 1
 */
public record TopHashtag(long windowEnd, int rank, String tag, long posts) {

  static final Table<TopHashtag> TABLE =
      Table.named(
              "top_hashtags",
              TopHashtag.class,
              "The tags used most in an hour, for each hour that ends at a full five minutes")
          .key(Column.timestamp("window_end", TopHashtag::windowEnd, "when the hour ended"))
          .key(Column.integer("rank", TopHashtag::rank, "1 for the tag with the most posts"))
          .column(Column.text("tag", TopHashtag::tag, "the tag, folded, without #"))
          .column(Column.bigint("posts", TopHashtag::posts, "posts with the tag in the hour"))
          .build();
}
