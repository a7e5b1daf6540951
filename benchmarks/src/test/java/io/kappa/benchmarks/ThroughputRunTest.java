package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.benchmarks.ThroughputRun.Commit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThroughputRunTest {

  @Test
  void theStartIsPartOfOneRateAndNotOfTheOther() {
    ThroughputRun run = run(new Commit(8, 100), new Commit(9, 600), new Commit(10, 1_000));

    assertThat(run.rate()).isEqualTo(100);
    assertThat(run.steadyRate()).isEqualTo(OptionalDouble.of(450));
  }

  @Test
  void twoCommitsHaveNoSteadyRate() {
    assertThat(run(new Commit(8, 990), new Commit(13, 1_000)).steadyRate())
        .isEqualTo(OptionalDouble.empty());
  }

  private static ThroughputRun run(Commit... commits) {
    return new ThroughputRun("generated", Setting.LIVE, 1, 1_000, List.of(commits), Map.of());
  }
}
