package io.kappa.local.data;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Bends even time so that most of it lies around noon (UTC) and some at night: within a day, and
 * never backwards.
 */
final class Daylight {

  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
  private static final int MINUTES = (int) (DAY / MINUTE);
  private static final double NOON = MINUTES / 2.0;

  /** The spread of the day's payments, in minutes: 20,000 seconds. */
  private static final double SPREAD = 20_000 / 60.0;

  private static final double NIGHT = 0.1;

  /** Which part of an even day has passed when so many minutes of the bent one have. */
  private final long[] evenAt = new long[MINUTES + 1];

  Daylight() {
    double[] sums = new double[MINUTES + 1];
    for (int i = 0; i < MINUTES; i++) {
      double off = (i - NOON) / SPREAD;
      sums[i + 1] = sums[i] + NIGHT + StrictMath.exp(-off * off / 2);
    }
    for (int i = 0; i <= MINUTES; i++) {
      evenAt[i] = (long) (DAY * (sums[i] / sums[MINUTES]));
    }
  }

  /** Even time -> bent time, both in milliseconds since the epoch. */
  long bent(long even) {
    long day = Math.floorDiv(even, DAY);
    long passed = Math.floorMod(even, DAY);
    int found = Arrays.binarySearch(evenAt, passed);
    int minute = found < 0 ? -found - 2 : found;
    long within = (passed - evenAt[minute]) * MINUTE / width(minute);
    return day * DAY + minute * MINUTE + within;
  }

  /** Bent time -> even time, both in milliseconds since the epoch. */
  long even(long bent) {
    long day = Math.floorDiv(bent, DAY);
    long passed = Math.floorMod(bent, DAY);
    int minute = (int) (passed / MINUTE);
    return day * DAY + evenAt[minute] + passed % MINUTE * width(minute) / MINUTE;
  }

  private long width(int minute) {
    return evenAt[minute + 1] - evenAt[minute];
  }
}
