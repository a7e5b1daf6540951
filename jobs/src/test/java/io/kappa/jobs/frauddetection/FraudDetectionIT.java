package io.kappa.jobs.frauddetection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.script.JobTrial;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the logs, however their topics and partitions interleave, at any parallelism, with a
 * failure in the middle: the oracle's tables. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class FraudDetectionIT {

  private static final int RECORDS = 1_200;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogsInAnyInterleavingGiveTheOraclesTables(long seed) {
    RandomLog log = new RandomLog(seed, RECORDS);
    JobTrial trial =
        new JobTrial(new FraudDetection(), log.parameters(), RandomLog.TIMES, log.topics(), seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables()).as("seed %d", seed).isEqualTo(log.expected());
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }
}
