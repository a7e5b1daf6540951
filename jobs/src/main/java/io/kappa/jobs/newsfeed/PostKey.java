package io.kappa.jobs.newsfeed;

import java.util.Comparator;

/**
 * What makes a post one and the same. Copies have the same key; an id that is used again at another
 * time, or by another author, is another post.
 *
 * @param at when it was posted, in milliseconds
 */
public record PostKey(long at, String postId, String authorId) {

  /** The order of a feed. */
  static final Comparator<PostKey> NEWEST_FIRST =
      Comparator.comparingLong(PostKey::at)
          .reversed()
          .thenComparing(PostKey::postId)
          .thenComparing(PostKey::authorId);
}
