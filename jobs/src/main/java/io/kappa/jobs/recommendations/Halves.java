package io.kappa.jobs.recommendations;

/**
 * Two whole numbers in one, so that what belongs together is added in one go: the halves of a sum
 * are the sums of the halves, as long as each fits an int.
 */
final class Halves {

  private Halves() {}

  static long of(int high, int low) {
    return ((long) high << 32) + low;
  }

  static int high(long both) {
    return (int) ((both - low(both)) >> 32);
  }

  static int low(long both) {
    return (int) both;
  }
}
