package io.kappa.common.log;

import java.util.function.LongSupplier;

/**
 * How many records may be taken: so many a second, in bursts of at most a tenth of one. It never
 * waits; it says how long there is to wait.
 */
final class RateLimit {

  private static final double SECOND = 1e9;
  private static final long BURST = 100_000_000;

  /** To wait for each single record would cost more than the record. */
  private static final long SHORTEST_WAIT = 10_000_000;

  private final LongSupplier clock;
  private double rate;
  private long interval;
  private long due;

  /**
   * @param clock nanoseconds, from anywhere
   */
  RateLimit(LongSupplier clock) {
    this.clock = clock;
  }

  /** Sets the limit, records/s; 0 for none. What was owed under another limit is forgotten. */
  void set(double perSecond) {
    if (perSecond == rate) {
      return;
    }
    rate = perSecond;
    interval = perSecond == 0 ? 0 : Math.max(1, Math.round(SECOND / perSecond));
    due = clock.getAsLong();
  }

  /** Whether a record may be taken now. */
  boolean allows() {
    return interval == 0 || due - clock.getAsLong() <= 0;
  }

  /** A record was taken. */
  void took() {
    if (interval == 0) {
      return;
    }
    long earliest = clock.getAsLong() - BURST;
    due = (due - earliest < 0 ? earliest : due) + interval;
  }

  /** Nanoseconds after which it's worth asking again; only where it doesn't allow one now. */
  long nanosToWait() {
    return Math.max(due - clock.getAsLong(), SHORTEST_WAIT);
  }
}
