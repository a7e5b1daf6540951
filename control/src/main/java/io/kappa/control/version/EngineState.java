package io.kappa.control.version;

/** What the engine says about a version's run. */
public enum EngineState {
  /** The engine is there and has no such job. */
  NOT_RUNNING,
  /** Accepted, but not all of it is at work yet. */
  STARTING,
  RUNNING,
  /** Something failed; the engine tries again by itself. */
  RESTARTING,
  /** Being stopped. */
  STOPPING,
  /** Failed for good. */
  FAILED,
  CANCELED,
  FINISHED,
  /** The engine couldn't be asked. */
  UNKNOWN;

  /** Whether the engine is at work on it, or will be by itself. */
  public boolean isActive() {
    return this == STARTING || this == RUNNING || this == RESTARTING || this == STOPPING;
  }
}
