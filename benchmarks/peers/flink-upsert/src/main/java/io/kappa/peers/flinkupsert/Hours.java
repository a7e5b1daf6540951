package io.kappa.peers.flinkupsert;

/** Hours as whole numbers since the epoch, UTC. */
final class Hours {

  private static final long MILLIS = 3_600_000;

  private Hours() {}

  /** The hour of a moment in milliseconds since the epoch. */
  static long of(long at) {
    return Math.floorDiv(at, MILLIS);
  }

  /** The first millisecond of an hour, since the epoch. */
  static long start(long hour) {
    return hour * MILLIS;
  }

  /** The last millisecond of an hour, since the epoch. */
  static long last(long hour) {
    return start(hour + 1) - 1;
  }
}
