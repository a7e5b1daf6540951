package io.kappa.jobs.activitymetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.script.JobTrial;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the log, however its partitions interleave, at any parallelism, with a failure in the
 * middle: the oracle's tables. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class ActivityMetricsIT {

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogInAnyInterleavingGivesTheOraclesTables(long seed) {
    RandomLog log = new RandomLog(seed);
    long minWatch = seed % 2 == 0 ? 0 : 1_000;
    JobTrial trial =
        new JobTrial(
            new ActivityMetrics(),
            Map.of("min-watch", minWatch + "ms"),
            RandomLog.TIMES,
            List.of(log.activity()),
            seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables())
        .as("seed %d", seed)
        .isEqualTo(
            ActivityMetricsOracle.tables(log.activity().accepted(RandomLog.TIMES), minWatch));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }
}
