package io.kappa.jobs.newsfeed;

import io.kappa.common.job.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The posts that may be in one user's feed; the newest of them are.
 *
 * @param posts newest first, each once
 * @param size how many of them the feed shows
 */
record Feed(List<PostKey> posts, int size) {

  /** Where the texts of posts are. */
  @FunctionalInterface
  interface Texts {
    String of(PostKey post) throws Exception;
  }

  /** With posts that came, and without those that were taken back (empty). */
  Feed with(Map<PostKey, Optional<String>> changes) {
    List<PostKey> all = new ArrayList<>(posts);
    changes.forEach(
        (post, text) -> {
          int place = Collections.binarySearch(all, post, PostKey.NEWEST_FIRST);
          if (text.isPresent() && place < 0) {
            all.add(-place - 1, post);
          } else if (text.isEmpty() && place >= 0) {
            all.remove(place);
          }
        });
    return new Feed(all, size);
  }

  boolean has(PostKey post) {
    return Collections.binarySearch(posts, post, PostKey.NEWEST_FIRST) >= 0;
  }

  /**
   * What has to be sent to make a table of the feed before show this one.
   *
   * @param texts asked for posts that weren't shown before only
   */
  List<Change<FeedRow>> changesSince(Feed before, String userId, Texts texts) throws Exception {
    Map<String, PostKey> old = before.shown();
    Map<String, PostKey> now = shown();
    List<Change<FeedRow>> changes = new ArrayList<>();
    for (PostKey post : old.values()) {
      if (!now.containsKey(post.postId())) {
        changes.add(Change.delete(FeedRow.of(userId, post, "")));
      }
    }
    for (PostKey post : now.values()) {
      if (!post.equals(old.get(post.postId()))) {
        changes.add(Change.upsert(FeedRow.of(userId, post, texts.of(post))));
      }
    }
    return changes;
  }

  /** Post id -> the post that its row shows; where an id was used twice, the newer one. */
  private Map<String, PostKey> shown() {
    Map<String, PostKey> shown = new LinkedHashMap<>();
    for (PostKey post : posts.subList(0, Math.min(size, posts.size()))) {
      shown.putIfAbsent(post.postId(), post);
    }
    return shown;
  }

  /**
   * Without posts that can never be shown again. Up to the watermark nothing comes any more and
   * nothing is taken back, so behind as many posts of that time as the feed shows, there is no way
   * back.
   */
  Feed needed(long watermark) {
    int certain = 0;
    int end = 0;
    while (end < posts.size() && certain < size) {
      certain += posts.get(end).at() <= watermark ? 1 : 0;
      end++;
    }
    return new Feed(posts.subList(0, end), size);
  }
}
