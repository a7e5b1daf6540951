package io.kappa.jobs.recommendations;

/**
 * How similar two items are: the cosine of their audiences, which is the number of users in common
 * over the root of the product of both sizes.
 */
final class Cosine {

  private static final double MILLION = 1_000_000;

  private Cosine() {}

  /**
   * Which of two others is more similar to an item: by whole numbers, so that it's exact. The
   * item's own audience is in both cosines and plays no part.
   *
   * @return negative if the first one is
   */
  static int order(int together, int users, int otherTogether, int otherUsers) {
    return Long.compare(
        square(otherTogether) * Math.max(1, users), square(together) * Math.max(1, otherUsers));
  }

  private static long square(int number) {
    return (long) number * number;
  }

  /** The cosine. Until all shares of a change have come an audience may seem to be empty. */
  static double score(int together, int users, int otherUsers) {
    return together / Math.sqrt((double) Math.max(1, users) * Math.max(1, otherUsers));
  }

  /**
   * What a similarity weighs in a recommendation: in millionths, rounded down to its leading bits.
   * Lists whose cosines move a little so stay the same to the users that follow them.
   */
  static int weight(double score, int bits) {
    int millionths = (int) (score * MILLION);
    int behind = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(millionths) - bits);
    return (millionths >> behind) << behind;
  }

  /** A sum of weights as the table shows it. */
  static double score(int weights) {
    return weights / MILLION;
  }
}
