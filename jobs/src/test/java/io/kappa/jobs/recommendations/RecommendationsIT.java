package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity.Kind;
import io.kappa.jobs.recommendations.RecommendationsOracle.Settings;
import io.kappa.jobs.script.JobTrial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the log, however its partitions interleave, at any parallelism, with a failure in the
 * middle: the oracle's tables. Say {@code -Dkappa.seed=N} to see a seed again.
 */
class RecommendationsIT {

  private static final int[] MOST_OPEN = {1, 50, Recommendations.MOST_OPEN};

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobTrial.cluster();

  static LongStream seeds() {
    return JobTrial.seeds(12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLogInAnyInterleavingGivesTheOraclesTables(long seed) {
    RandomLog log = new RandomLog(seed);
    Settings settings = settings(new Random(seed));
    JobTrial trial =
        new JobTrial(
            new Recommendations(MOST_OPEN[(int) (seed % MOST_OPEN.length)]),
            given(settings),
            RandomLog.TIMES,
            List.of(log.activity()),
            seed);

    JobTrial.Result result = trial.run();

    assertThat(result.tables())
        .as("seed %d, %s", seed, settings)
        .isEqualTo(
            RecommendationsOracle.tables(log.activity().accepted(RandomLog.TIMES), settings));
    assertThat(result.quarantine()).as("seed %d", seed).isEqualTo(trial.expectedQuarantine());
    assertThat(result.restarts()).as("seed %d", seed).isPositive();
  }

  /** Bounds so narrow that they are met all the time, and now and then the defaults. */
  private static Settings settings(Random random) {
    if (random.nextInt(6) == 0) {
      return Settings.defaults();
    }
    Set<Kind> kinds =
        random.nextInt(3) == 0 ? Set.of(Kind.PURCHASE, Kind.VIEW) : Settings.defaults().kinds();
    return new Settings(
        kinds,
        2 + random.nextInt(8),
        2 + random.nextInt(8),
        1 + random.nextInt(2),
        1 + random.nextInt(4),
        1 + random.nextInt(20));
  }

  private static Map<String, String> given(Settings settings) {
    return Map.of(
        "kinds",
        settings.kinds().stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(",")),
        "history",
        Integer.toString(settings.history()),
        "audience",
        Integer.toString(settings.audience()),
        "min-together",
        Integer.toString(settings.minTogether()),
        "seeds",
        Integer.toString(settings.seeds()),
        "weight-bits",
        Integer.toString(settings.weightBits()));
  }
}
