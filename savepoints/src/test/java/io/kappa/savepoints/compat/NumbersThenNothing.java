package io.kappa.savepoints.compat;

import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** Gives some numbers, and then nothing, without an end. */
@SuppressWarnings("deprecation") // The new kind of source takes three classes for the same.
final class NumbersThenNothing implements SourceFunction<Long> {

  private static final long serialVersionUID = 1L;
  private static final long PAUSE_MS = 5;

  private final long from;
  private final long to;
  private volatile boolean over;

  /**
   * @param to the first number that isn't given
   */
  NumbersThenNothing(long from, long to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public void run(SourceContext<Long> out) throws InterruptedException {
    synchronized (out.getCheckpointLock()) {
      for (long number = from; number < to; number++) {
        out.collect(number);
      }
    }
    while (!over) {
      Thread.sleep(PAUSE_MS);
    }
  }

  @Override
  public void cancel() {
    over = true;
  }
}
