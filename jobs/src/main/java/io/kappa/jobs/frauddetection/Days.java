package io.kappa.jobs.frauddetection;

/** Days of event time, UTC, numbered from the epoch. */
final class Days {

  private static final long LENGTH_MS = 86_400_000L;

  private Days() {}

  /** The number of the day that an event time, in milliseconds, falls into. */
  static int of(long at) {
    return (int) Math.floorDiv(at, LENGTH_MS);
  }

  /** The day's last millisecond: a watermark of this much says that the day is over. */
  static long last(int day) {
    return day * LENGTH_MS + LENGTH_MS - 1;
  }
}
