package io.kappa.peers.hazelcast;

/**
 * What the tables need of one record.
 *
 * @param user {@code null} where nobody was signed in
 * @param country {@code null} where none is known
 * @param at milliseconds since the epoch, UTC
 * @param watchMs milliseconds watched; 0 unless the event is a view or a play
 * @param quantity 0 unless the event is a purchase or a return
 * @param cents money in minor units; 0 unless the event is a purchase or a return
 */
record Activity(
    String item, String user, String country, long at, long watchMs, long quantity, long cents) {

  private static final long HOUR_MS = 3_600_000;

  /** Whole hours since the epoch, UTC. */
  long hour() {
    return hour(at);
  }

  /** The hour, in hours since the epoch, that a moment in milliseconds since the epoch lies in. */
  static long hour(long at) {
    return Math.floorDiv(at, HOUR_MS);
  }
}
