package io.kappa.jobs.trending;

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
class TrendingIT {

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogInAnyInterleavingGivesTheOraclesTables(long seed) {
    RandomPosts log = new RandomPosts(seed);
    long minAuthors = 1 + seed % 3;
    int ranks = seed % 2 == 0 ? 50 : 3;
    JobTrial trial =
        new JobTrial(
            new Trending(),
            Map.of("min-authors", Long.toString(minAuthors), "ranks", Integer.toString(ranks)),
            RandomPosts.TIMES,
            List.of(log.posts()),
            seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables())
        .as("seed %d", seed)
        .isEqualTo(
            TrendingOracle.tables(log.posts().accepted(RandomPosts.TIMES), minAuthors, ranks));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }
}
