package io.kappa.control.replay;

import static io.kappa.control.replay.LaunchStep.MAKE_SCHEMA;
import static io.kappa.control.replay.LaunchStep.PIN_LOG;
import static io.kappa.control.replay.LaunchStep.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.version.EngineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchStepTest {

  @Test
  void aLaunchThatWasKilledHasTheStepsLeftThatItDidNotDo() {
    assertThat(LaunchStep.left(false, false, EngineState.NOT_RUNNING))
        .containsExactly(PIN_LOG, MAKE_SCHEMA, SUBMIT);
    assertThat(LaunchStep.left(true, false, EngineState.NOT_RUNNING))
        .containsExactly(MAKE_SCHEMA, SUBMIT);
    assertThat(LaunchStep.left(true, true, EngineState.NOT_RUNNING)).containsExactly(SUBMIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineState.class,
      names = {"STARTING", "RUNNING", "RESTARTING", "STOPPING"})
  void aVersionThatTheEngineIsAtWorkOnIsNotHandedInAgain(EngineState engine) {
    assertThat(LaunchStep.left(true, true, engine)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineState.class,
      names = {"NOT_RUNNING", "FAILED", "CANCELED", "FINISHED", "UNKNOWN"})
  void aVersionThatHasStoppedIsHandedInAgain(EngineState engine) {
    assertThat(LaunchStep.left(true, true, engine)).containsExactly(SUBMIT);
  }
}
