package io.kappa.jobs.featurelog;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.jobs.script.JobTrial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the logs, however their partitions and topics interleave, at any parallelism, with a
 * failure in the middle: the oracle's table. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class FeatureLogIT {

  private static final long DAY = 86_400_000L;

  /** The place of the column {@code at} in a row. */
  private static final int AT = 2;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogsInAnyInterleavingGiveTheOraclesTable(long seed) {
    RandomLog log = new RandomLog(seed);
    long horizon = seed % 2 == 0 ? 30 : 5;
    long delay = seed % 3 == 0 ? 7 : 0;
    JobTrial trial = trial(log, horizon, delay, seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables())
        .as("seed %d", seed)
        .isEqualTo(
            FeatureLogOracle.tables(
                log.transactions().accepted(RandomLog.TIMES),
                log.labels().accepted(RandomLog.TIMES),
                horizon * DAY,
                delay * DAY));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }

  /** Appended to the log are events of later moments, and labels of what happened before. */
  @ParameterizedTest
  @MethodSource("fewSeeds")
  void noFeatureChangesWhenLaterEventsAreAddedToTheLog(long seed) {
    RandomLog before = new RandomLog(seed, RandomLog.RECORDS / 2);
    RandomLog after = new RandomLog(seed);

    Map<List<Object>, List<Object>> known = examples(trial(before, 30, 0, seed));
    Map<List<Object>, List<Object>> extended = examples(trial(after, 30, 0, seed));

    Set<Transaction> added = new HashSet<>(after.transactions().accepted(RandomLog.TIMES));
    added.removeAll(before.transactions().accepted(RandomLog.TIMES));
    Set<Label> said = new HashSet<>(after.labels().accepted(RandomLog.TIMES));
    said.removeAll(before.labels().accepted(RandomLog.TIMES));
    long first =
        LongStream.concat(
                added.stream().mapToLong(Transaction::at), said.stream().mapToLong(Label::at))
            .min()
            .orElseThrow();
    // An id that is used again names the later transaction from then on.
    Set<Object> reused = added.stream().map(Transaction::transactionId).collect(toSet());
    known.values().removeIf(row -> (Long) row.get(AT) >= first || reused.contains(row.get(0)));
    assertThat(known).as("seed %d", seed).isNotEmpty();
    assertThat(known.keySet())
        .as("seed %d", seed)
        .allSatisfy(
            key -> assertThat(features(extended.get(key))).isEqualTo(features(known.get(key))));
  }

  static LongStream fewSeeds() {
    return JobTrial.seeds(3);
  }

  private static JobTrial trial(RandomLog log, long horizon, long delay, long seed) {
    return new JobTrial(
        new FeatureLog(),
        Map.of("label-horizon", horizon + "d", "delay", delay + "d"),
        RandomLog.TIMES,
        List.of(log.transactions(), log.labels()),
        seed);
  }

  private static Map<List<Object>, List<Object>> examples(JobTrial trial) {
    return new HashMap<>(trial.run().tables().get("training_examples"));
  }

  /** All but the label, and when it was said. */
  private static List<Object> features(List<Object> row) {
    return row.subList(0, row.size() - 2);
  }
}
