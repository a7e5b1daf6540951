package io.kappa.control.version;

import java.util.Optional;

/**
 * What can be seen of a version from outside at one moment.
 *
 * @param live readers see it
 * @param committed it has committed at least once
 * @param reachedLogEnd its frontier is at or past the log's end at its launch
 * @param failure why it stopped for good, if it did and that is known
 */
public record Observation(
    boolean live,
    boolean committed,
    boolean reachedLogEnd,
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
    return live && reachedLogEnd ? Phase.LIVE : Phase.REPLAYING;
  }
}
