package io.kappa.jobs.newsfeed;

import java.util.ArrayList;
import java.util.List;

/**
 * The posts of a feed, newest first, as state: read and written as a whole, which is far less than
 * to read a hundred entries. Three arrays, as that's the smallest form of a list of keys on disk.
 *
 * @param ats when each was posted, in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record FeedOrder(long[] ats, String[] postIds, String[] authorIds) {

  static FeedOrder of(List<PostKey> posts) {
    return new FeedOrder(
        posts.stream().mapToLong(PostKey::at).toArray(),
        posts.stream().map(PostKey::postId).toArray(String[]::new),
        posts.stream().map(PostKey::authorId).toArray(String[]::new));
  }

  List<PostKey> posts() {
    List<PostKey> posts = new ArrayList<>(ats.length);
    for (int i = 0; i < ats.length; i++) {
      posts.add(new PostKey(ats[i], postIds[i], authorIds[i]));
    }
    return posts;
  }
}
