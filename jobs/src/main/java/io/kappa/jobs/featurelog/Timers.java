package io.kappa.jobs.featurelog;

import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;

/** What is done when timers of event time fire; there are no others. */
record Timers<K, N>(OnEventTime<K, N> onTimer) implements Triggerable<K, N> {

  @FunctionalInterface
  interface OnEventTime<K, N> {
    void fires(InternalTimer<K, N> timer) throws Exception;
  }

  @Override
  public void onEventTime(InternalTimer<K, N> timer) throws Exception {
    onTimer.fires(timer);
  }

  @Override
  public void onProcessingTime(InternalTimer<K, N> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
