package io.kappa.common.log;

import io.kappa.common.log.EventTimeRule.Verdict;

/**
 * What the intake remembers of a partition. Public fields, because it is Flink state: a POJO that
 * may grow fields.
 */
public final class PartitionState {

  public int partition;
  public long next;
  public long applied;
  public long filtered;
  public long quarantined;
  public long gaps;
  public long highWater = EventTimeRule.NOTHING_YET;

  /** For Flink. */
  public PartitionState() {}

  PartitionState(int partition, long start) {
    this.partition = partition;
    this.next = start;
  }

  /**
   * Steps past a record.
   *
   * @throws IllegalStateException if the record was passed before
   */
  void pass(long offset) {
    if (offset < next) {
      throw new IllegalStateException(
          "Partition %d gave offset %d after %d was expected".formatted(partition, offset, next));
    }
    gaps += offset - next;
    next = offset + 1;
  }

  Verdict judge(EventTimeRule rule, long at, long timestamp) {
    Verdict verdict = rule.judge(at, timestamp, highWater);
    if (verdict == Verdict.ON_TIME) {
      highWater = Math.max(highWater, at);
    }
    return verdict;
  }

  PartitionState copy() {
    PartitionState copy = new PartitionState(partition, next);
    copy.applied = applied;
    copy.filtered = filtered;
    copy.quarantined = quarantined;
    copy.gaps = gaps;
    copy.highWater = highWater;
    return copy;
  }

  Progress progress(String topic) {
    return new Progress(topic, partition, next, applied, filtered, quarantined, gaps);
  }
}
