package io.kappa.jobs.activitymetrics;

/** Hours of event time, UTC, numbered from the epoch. */
final class Hours {

  private static final long LENGTH_MS = 3_600_000L;

  private Hours() {}

  /** The number of the hour that an event time, in milliseconds, falls into. */
  static int of(long at) {
    return (int) Math.floorDiv(at, LENGTH_MS);
  }

  /** The hour's first millisecond. */
  static long first(int hour) {
    return hour * LENGTH_MS;
  }

  /** The hour's last millisecond: a watermark of this much says that the hour is over. */
  static long last(int hour) {
    return first(hour) + LENGTH_MS - 1;
  }
}
