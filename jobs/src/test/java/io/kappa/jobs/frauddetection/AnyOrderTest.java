package io.kappa.jobs.frauddetection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Event;
import io.kappa.common.job.Change;
import io.kappa.jobs.script.EventTimeOracle.Judged;
import io.kappa.jobs.script.TopicLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The three topics in any order, with anything on its way between two operators for any time, with
 * watermarks as early as they may be, and judging at any time: the oracle's tables, and no state
 * that is left. And without what makes it so: others.
 */
class AnyOrderTest {

  private static final int RECORDS = 400;

  static LongStream seeds() {
    Long again = Long.getLong("kappa.seed");
    return again == null
        ? LongStream.range(0, Long.getLong("kappa.seeds", 60))
        : LongStream.of(again);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderGivesTheOraclesTables(long seed) throws Exception {
    RandomLog log = new RandomLog(seed, RECORDS);

    assertThat(tables(seed, log, sent -> true)).as("seed %d", seed).isEqualTo(log.expected());
  }

  @Test
  void withoutDeletesTheTablesAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof Change<?> change) || !change.deleted()))
        .isPositive();
  }

  @Test
  void withoutTheWordThatNothingIsFoundAnyMoreTheTablesAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof Verdict verdict) || verdict.findings().length > 0))
        .isPositive();
  }

  @Test
  void withoutRevocationsOfLabelsTheTablesAreWrong() throws Exception {
    assertThat(wrong(AnyOrderTest::isNoRevocation)).isPositive();
  }

  private static boolean isNoRevocation(Object sent) {
    return !(sent instanceof TerminalEvent event)
        || event.confirmation() == null
        || event.confirmation().since() == event.confirmation().from();
  }

  @Test
  void withoutTheWordOnAlertsTheDaysAreWrong() throws Exception {
    assertThat(wrong(sent -> !(sent instanceof DayShare share) || share.transactions() > 0))
        .isPositive();
  }

  /** How many of some seeds give other tables than the oracle's. */
  private static long wrong(Predicate<Object> passes) throws Exception {
    long wrong = 0;
    for (long seed = 0; seed < 10; seed++) {
      RandomLog log = new RandomLog(seed, RECORDS);
      if (!tables(seed, log, passes).equals(log.expected())) {
        wrong++;
      }
    }
    return wrong;
  }

  private static Map<String, Map<List<Object>, List<Object>>> tables(
      long seed, RandomLog log, Predicate<Object> passes) throws Exception {
    Random random = new Random(~seed);
    List<Partition> partitions = new ArrayList<>();
    log.topics().forEach(topic -> addPartitions(partitions, topic));
    Map<String, Integer> turns = turns(random);
    try (JobHarness job = JobHarness.begin(new HashMapStateBackend(), log.parameters(), passes)) {
      while (!partitions.isEmpty()) {
        Partition next = partitions.get(random.nextInt(partitions.size()));
        int first = partitions.stream().mapToInt(each -> turns.get(each.topic)).min().orElseThrow();
        if (turns.get(next.topic) == first) {
          read(job, next, partitions);
        }
        happen(job, random);
      }
      job.watermark(Long.MAX_VALUE - 1);
      job.barrier();
      assertThat(job.state()).as("seed %d", seed).isEmpty();
      assertThat(job.timers()).as("seed %d", seed).isZero();
      return job.tables();
    }
  }

  /** In half of all cases everything is mixed; else some topics are read wholly before others. */
  private static Map<String, Integer> turns(Random random) {
    boolean mixed = random.nextBoolean();
    Map<String, Integer> turns = new TreeMap<>();
    for (String topic : List.of(JobHarness.TRANSACTIONS, JobHarness.LABELS, JobHarness.RULES)) {
      turns.put(topic, mixed ? 0 : random.nextInt(3));
    }
    return turns;
  }

  private static void addPartitions(List<Partition> partitions, TopicLog<?> topic) {
    Map<Integer, Partition> byNumber = new TreeMap<>();
    for (Judged<?> judged : topic.judged(RandomLog.TIMES)) {
      Partition partition =
          byNumber.computeIfAbsent(
              judged.written().record().partition(), number -> new Partition(topic.topic().name()));
      if (judged.onTime()) {
        partition.events.add(judged.written().event());
      }
    }
    partitions.addAll(byNumber.values());
  }

  private static void read(JobHarness job, Partition partition, List<Partition> partitions) {
    if (partition.next == partition.events.size()) {
      partitions.remove(partition);
    } else {
      Event event = partition.events.get(partition.next++);
      partition.highest = Math.max(partition.highest, event.at());
      job.enqueue(event);
    }
    long least =
        partitions.stream()
            .filter(each -> each.topic.equals(partition.topic))
            .mapToLong(each -> each.highest)
            .min()
            .orElse(Long.MAX_VALUE);
    if (least > Long.MIN_VALUE) {
      job.enqueueWatermark(partition.topic, least - RandomLog.TIMES.lateness() - 1);
    }
  }

  private static void happen(JobHarness job, Random random) throws Exception {
    int dice = random.nextInt(100);
    if (dice < 3) {
      job.judge(random.nextBoolean() ? "accounts" : "terminals");
    } else if (dice < 5) {
      job.barrier();
    } else if (dice < 60) {
      for (int i = random.nextInt(12); i > 0; i--) {
        job.deliverOne(random);
      }
    }
  }

  /** A partition as the job gets it. */
  private static final class Partition {

    private final String topic;
    private final List<Event> events = new ArrayList<>();
    private int next;
    private long highest = Long.MIN_VALUE;

    Partition(String topic) {
      this.topic = topic;
    }
  }
}
