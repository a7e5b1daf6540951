package io.kappa.control.version;

/** How far an upgrade has come. */
public enum UpgradeStage {
  /** The version is being stopped with a savepoint. */
  STOPPING,
  /** It was handed in anew, and has yet to show that it commits. */
  TRYING,
  /** That failed; its run is being ended. */
  GOING_BACK,
  /** It was handed in as it was before, and has yet to commit. */
  RETURNING,
  /** It goes on, changed. */
  DONE,
  /** It goes on as it was before. */
  BACK,
  /** It can go on neither way. */
  STUCK;

  /** Whether something is left to do. */
  public boolean isOpen() {
    return compareTo(DONE) < 0;
  }
}
