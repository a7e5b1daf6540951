package io.kappa.local.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers from 0 on, of which the n-th is drawn in proportion to 1 / (n + 1)^skew. */
final class Zipf {

  private final double[] cumulated;

  /**
   * @param size how many numbers there are
   */
  Zipf(int size, double skew) {
    cumulated = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      // StrictMath: the same bits on every machine, hence the same events.
      sum += 1 / StrictMath.pow(i + 1, skew);
      cumulated[i] = sum;
    }
  }

  int draw(SplittableRandom random) {
    double point = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, point);
    return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
  }
}
