package io.kappa.control.version;

import java.util.Optional;

/**
 * What can be seen of a version from outside at one moment.
 *
 * @param live readers see it
 * @param committed it has committed at least once
 * @param pastHistory it has come to where the log ended at its launch, and goes on from there
 * @param failure why it stopped for good, if it did and that is known
 */
public record Observation(
    boolean live,
    boolean committed,
    boolean pastHistory,
    EngineState engine,
    Optional<String> failure) {

  /** The phase of a version that carries a phase already and looks like this. */
  public Phase phaseAfter(Phase stored) {
    return switch (stored) {
      case RETIRED, ABORTED, FAILED -> stored;
      case FENCED, COMPARED, CATCHING_UP, READY, STANDBY -> failedOr(stored);
      case CREATED, REPLAYING, LIVE -> failedOr(underway());
    };
  }

  private Phase failedOr(Phase otherwise) {
    return failure.isPresent() || engine == EngineState.FAILED ? Phase.FAILED : otherwise;
  }

  private Phase underway() {
    if (!committed) {
      return Phase.CREATED;
    }
    return live && pastHistory ? Phase.LIVE : Phase.REPLAYING;
  }
}
