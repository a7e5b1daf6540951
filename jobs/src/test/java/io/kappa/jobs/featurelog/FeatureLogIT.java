package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.script.JobTrial;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
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

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(JobTrial.SLOTS)
              .build());

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogsInAnyInterleavingGiveTheOraclesTable(long seed) {
    RandomLog log = new RandomLog(seed);
    long horizon = seed % 2 == 0 ? 30 : 5;
    long delay = seed % 3 == 0 ? 7 : 0;
    JobTrial trial =
        new JobTrial(
            new FeatureLog(),
            Map.of("label-horizon", horizon + "d", "delay", delay + "d"),
            RandomLog.TIMES,
            List.of(log.transactions(), log.labels()),
            seed);

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
}
