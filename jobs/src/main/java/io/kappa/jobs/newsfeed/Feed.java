package io.kappa.jobs.newsfeed;

import io.kappa.common.job.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The posts that may be in one user's feed; the newest of them are.
 *
 * @param posts post -> its text, newest first
 * @param size how many of them the feed shows
 */
record Feed(SortedMap<PostKey, String> posts, int size) {

  /** With posts that came, and without those that were taken back (empty). */
  Feed with(Map<PostKey, Optional<String>> changes) {
    SortedMap<PostKey, String> all = new TreeMap<>(posts);
    changes.forEach(
        (post, text) ->
            text.ifPresentOrElse(shown -> all.putIfAbsent(post, shown), () -> all.remove(post)));
    return new Feed(all, size);
  }

  /** What has to be sent to make a table of the feed before show this one. */
  List<Change<FeedRow>> changesSince(Feed before, String userId) {
    Map<String, FeedRow> old = before.rows(userId);
    Map<String, FeedRow> now = rows(userId);
    List<Change<FeedRow>> changes = new ArrayList<>();
    old.forEach(
        (id, row) -> {
          if (!now.containsKey(id)) {
            changes.add(Change.delete(row));
          }
        });
    now.forEach(
        (id, row) -> {
          if (!row.equals(old.get(id))) {
            changes.add(Change.upsert(row));
          }
        });
    return changes;
  }

  /** Post id -> its row; where an id was used twice, the newer post has it. */
  private Map<String, FeedRow> rows(String userId) {
    Map<String, FeedRow> rows = new HashMap<>();
    posts.entrySet().stream()
        .limit(size)
        .forEach(
            post -> {
              PostKey key = post.getKey();
              rows.putIfAbsent(
                  key.postId(),
                  new FeedRow(userId, key.postId(), key.authorId(), key.at(), post.getValue()));
            });
    return rows;
  }

  /**
   * The posts that can ever be shown again. Up to the watermark nothing comes any more and nothing
   * is taken back, so behind as many posts of that time as the feed shows, there is no way back.
   */
  Map<PostKey, String> needed(long watermark) {
    Map<PostKey, String> needed = new HashMap<>();
    int certain = 0;
    for (Map.Entry<PostKey, String> post : posts.entrySet()) {
      if (certain == size) {
        break;
      }
      needed.put(post.getKey(), post.getValue());
      certain += post.getKey().at() <= watermark ? 1 : 0;
    }
    return needed;
  }
}
