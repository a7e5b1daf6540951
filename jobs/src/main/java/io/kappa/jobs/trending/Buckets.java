package io.kappa.jobs.trending;

/** Five minutes of event time, UTC, numbered from the epoch, and the hours that end with them. */
final class Buckets {

  /** A window is so many buckets long. */
  static final int OF_A_WINDOW = 12;

  private static final long LENGTH_MS = 300_000L;

  private Buckets() {}

  /** The number of the bucket that an event time, in milliseconds, falls into. */
  static int of(long at) {
    return (int) Math.floorDiv(at, LENGTH_MS);
  }

  /** The bucket's first millisecond. */
  static long first(int bucket) {
    return bucket * LENGTH_MS;
  }

  /** The bucket's last millisecond: a watermark of this much says that it's over. */
  static long last(int bucket) {
    return first(bucket) + LENGTH_MS - 1;
  }

  /** The number of the last bucket that is over at a watermark; windows end with buckets only. */
  static long lastOver(long watermark) {
    long current = Math.floorDiv(watermark, LENGTH_MS);
    return Math.floorMod(watermark, LENGTH_MS) == LENGTH_MS - 1 ? current : current - 1;
  }

  /** When the window ends whose last bucket this is: its first millisecond afterwards. */
  static long windowEnd(int bucket) {
    return first(bucket) + LENGTH_MS;
  }
}
