package io.kappa.control.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationTest {

  private static final Set<Phase> DERIVED = EnumSet.of(Phase.CREATED, Phase.REPLAYING, Phase.LIVE);

  private static Observation seen(boolean live, boolean committed, boolean reached) {
    return new Observation(live, committed, reached, EngineState.RUNNING, Optional.empty());
  }

  @Test
  void aVersionIsCreatedUntilItsFirstCommit() {
    assertThat(seen(true, false, false).phaseAfter(Phase.CREATED)).isEqualTo(Phase.CREATED);
    assertThat(seen(true, false, true).phaseAfter(Phase.CREATED)).isEqualTo(Phase.CREATED);
  }

  @Test
  void aVersionReplaysUntilItHasReachedWhereTheLogEndedAtItsLaunch() {
    assertThat(seen(true, true, false).phaseAfter(Phase.CREATED)).isEqualTo(Phase.REPLAYING);
    assertThat(seen(true, true, true).phaseAfter(Phase.CREATED)).isEqualTo(Phase.LIVE);
  }

  @Test
  void aVersionThatReadersDoNotSeeIsNotLive() {
    assertThat(seen(false, true, true).phaseAfter(Phase.CREATED)).isEqualTo(Phase.REPLAYING);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aFailureEndsEveryPhaseThatIsNotOver(Phase stored) {
    Observation failed =
        new Observation(true, true, true, EngineState.RUNNING, Optional.of("the log is gone"));

    assertThat(failed.phaseAfter(stored)).isEqualTo(stored.isOver() ? stored : Phase.FAILED);
  }

  @ParameterizedTest
  @EnumSource(EngineState.class)
  void onlyAnEngineThatGaveUpMakesAVersionFail(EngineState engine) {
    Observation seen = new Observation(true, true, true, engine, Optional.empty());

    assertThat(seen.phaseAfter(Phase.LIVE))
        .isEqualTo(engine == EngineState.FAILED ? Phase.FAILED : Phase.LIVE);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aPhaseThatSomebodyBroughtAboutStays(Phase stored) {
    Phase after = seen(true, true, true).phaseAfter(stored);

    assertThat(after).isEqualTo(DERIVED.contains(stored) ? Phase.LIVE : stored);
  }
}
