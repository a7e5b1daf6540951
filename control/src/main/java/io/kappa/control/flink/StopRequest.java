package io.kappa.control.flink;

import java.util.Optional;

/**
 * What became of a request to stop with a savepoint.
 *
 * @param savepoint where the savepoint is, if it's there
 */
public record StopRequest(State state, Optional<String> savepoint) {

  /** How far it is. */
  public enum State {
    UNDER_WAY,
    DONE,
    /** It came to nothing; the job goes on. */
    FAILED,
    /** The cluster doesn't know it (any more). */
    UNKNOWN
  }

  static StopRequest without(State state) {
    return new StopRequest(state, Optional.empty());
  }
}
