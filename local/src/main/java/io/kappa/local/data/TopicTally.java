package io.kappa.local.data;

import io.kappa.common.log.EventTimeRule;
import io.kappa.common.log.EventTimeRule.Verdict;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Judges the records written to a topic as its readers will, and counts them. */
final class TopicTally {

  /** What readers make of a record. */
  enum Fate {
    ON_TIME,
    LATE,
    BROKEN
  }

  /** What a job allows if nobody says, in milliseconds. */
  static final long LATENESS = TimeUnit.HOURS.toMillis(24);

  // The broker's timestamp plays no part: generated events aren't from the future.
  private static final EventTimeRule RULE = new EventTimeRule(LATENESS, Long.MAX_VALUE);

  private final long[] highWater;
  private long records;
  private long late;
  private long broken;
  private long copies;

  /**
   * @param partitions how many the topic has
   */
  TopicTally(int partitions) {
    highWater = new long[partitions];
    Arrays.fill(highWater, EventTimeRule.NOTHING_YET);
  }

  Fate add(GeneratedRecord<?> record) {
    records++;
    copies += record.copy() ? 1 : 0;
    if (record.broken()) {
      broken++;
      return Fate.BROKEN;
    }
    Message message = record.message();
    int partition = Partitions.of(message.key(), message.value(), highWater.length);
    long at = record.event().at();
    if (RULE.judge(at, at, highWater[partition]) == Verdict.LATE) {
      late++;
      return Fate.LATE;
    }
    highWater[partition] = Math.max(highWater[partition], at);
    return Fate.ON_TIME;
  }

  TopicCounts counts() {
    return new TopicCounts(records, late, broken, copies);
  }
}
