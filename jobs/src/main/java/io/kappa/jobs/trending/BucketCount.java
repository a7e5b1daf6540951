package io.kappa.jobs.trending;

/** How many posts and different authors a tag has in a bucket. */
public record BucketCount(long posts, long authors) {

  static final BucketCount NONE = new BucketCount(0, 0);

  BucketCount plus(boolean newPost, boolean newAuthor) {
    return new BucketCount(newPost ? posts + 1 : posts, newAuthor ? authors + 1 : authors);
  }

  /** The posts that count where a bucket needs so many authors; they never become fewer. */
  long counted(long minAuthors) {
    return authors >= minAuthors ? posts : 0;
  }
}
