package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.script.JobTrial;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the logs, however their partitions and topics interleave, at any parallelism, with a
 * failure in the middle: the oracle's table. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class NewsFeedIT {

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogsInAnyInterleavingGiveTheOraclesTable(long seed) {
    RandomLog log = new RandomLog(seed);
    int size = seed % 2 == 0 ? 100 : 4;
    long shards = 1 + seed % 3;
    JobTrial trial =
        new JobTrial(
            new NewsFeed(),
            Map.of("size", Integer.toString(size), "shards", Long.toString(shards)),
            RandomLog.TIMES,
            log.all(),
            seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables())
        .as("seed %d", seed)
        .isEqualTo(
            NewsFeedOracle.tables(
                log.posts().accepted(RandomLog.TIMES),
                log.follows().accepted(RandomLog.TIMES),
                size));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }
}
