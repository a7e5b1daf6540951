package io.kappa.common.log;

import java.io.Serializable;

/**
 * Says of an event's time whether it counts: late, from the future, or on time. It depends on the
 * log alone: the event, its record's broker timestamp, and what came before it in its own
 * partition.
 *
 * @param lateness L, milliseconds: more than this behind the high-water mark is late
 * @param future F, milliseconds: more than this ahead of the broker timestamp is from the future
 */
public record EventTimeRule(long lateness, long future) implements Serializable {

  /** The high-water mark of a partition in which nothing counted yet. */
  public static final long NOTHING_YET = Long.MIN_VALUE;

  /** What an event's time says about it. */
  public enum Verdict {
    ON_TIME,
    LATE,
    FUTURE
  }

  /**
   * Judges one event. Only an event that is on time moves the high-water mark.
   *
   * @param at the event's time
   * @param timestamp the broker timestamp of its record
   * @param highWater the highest time of an event on time before it in its partition
   */
  public Verdict judge(long at, long timestamp, long highWater) {
    if (at - timestamp > future) {
      return Verdict.FUTURE;
    }
    if (highWater != NOTHING_YET && highWater - at > lateness) {
      return Verdict.LATE;
    }
    return Verdict.ON_TIME;
  }

  /** The watermark that a high-water mark allows: no event on time can still be at or before it. */
  public long watermark(long highWater) {
    return highWater == NOTHING_YET ? Long.MIN_VALUE : highWater - lateness - 1;
  }
}
