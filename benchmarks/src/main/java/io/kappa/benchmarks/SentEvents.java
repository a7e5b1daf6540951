package io.kappa.benchmarks;

/**
 * Events that were due one after the other at an even rate, and where the log put them. They count
 * from when they were due, so that one that was held up makes those behind it wait too.
 */
final class SentEvents {

  private final long begun;
  private final int rate;
  private final int[] partitions;
  private final long[] offsets;
  private volatile int sent;

  /**
   * @param begun when the first one is due, on the clock of {@link System#nanoTime}
   * @param rate events a second
   */
  SentEvents(long begun, int rate, int count) {
    this.begun = begun;
    this.rate = rate;
    this.partitions = new int[count];
    this.offsets = new long[count];
    this.sent = count;
  }

  /** How many were sent. */
  int count() {
    return sent;
  }

  /** No more than these will come. */
  void end(int count) {
    sent = count;
  }

  /**
   * About the first event that is due at that moment or later, on the clock of {@link
   * System#nanoTime}.
   */
  int dueAt(long nanos) {
    return Math.toIntExact(Math.max(0, Math.round((nanos - begun) * (rate / 1e9))));
  }

  /** When the event is due, on the clock of {@link System#nanoTime}. */
  long dueNanos(int event) {
    return begun + event * 1_000_000_000L / rate;
  }

  void put(int event, int partition, long offset) {
    partitions[event] = partition;
    offsets[event] = offset;
  }

  int partition(int event) {
    return partitions[event];
  }

  long offset(int event) {
    return offsets[event];
  }
}
