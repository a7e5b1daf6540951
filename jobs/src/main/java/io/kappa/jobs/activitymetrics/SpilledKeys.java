package io.kappa.jobs.activitymetrics;

import java.util.function.IntConsumer;
import org.apache.flink.api.common.state.MapState;

/** The state of all {@link SpilledHour}s: of each item and hour, a bucket's keys by its number. */
final class SpilledKeys {

  private final OfHour<MapState<Integer, byte[]>> buckets;
  private final IntConsumer begun;
  private int held;

  /** The current item's state of one hour. */
  @FunctionalInterface
  interface OfHour<S> {
    S at(int hour) throws Exception;
  }

  /**
   * @param begun is told of each hour of the current item that begins to spill
   */
  SpilledKeys(OfHour<MapState<Integer, byte[]>> buckets, IntConsumer begun) {
    this.buckets = buckets;
    this.begun = begun;
  }

  /** From now on the current item has keys here in this hour: so many, to begin with. */
  SpilledHour begin(int hour, KeyList keys, int number) throws Exception {
    begun.accept(hour);
    SpilledHour spilled = new SpilledHour(this, hour, true);
    spilled.take(keys, number);
    return spilled;
  }

  /** An hour of the current item that has begun to spill before. */
  SpilledHour open(int hour) {
    return new SpilledHour(this, hour, false);
  }

  /** The current item's buckets of an hour. */
  MapState<Integer, byte[]> of(int hour) throws Exception {
    return buckets.at(hour);
  }

  /** How many buckets are held open, of all items and hours. */
  int held() {
    return held;
  }

  /** That many more are held; fewer, if negative. */
  void holdsMore(int more) {
    held += more;
  }

  /** Forgets the current item's hour. */
  void clear(int hour) throws Exception {
    buckets.at(hour).clear();
  }
}
