package io.kappa.control.version;

/** What a driver does next with a version. Each can be killed, and is then done again. */
public enum Action {
  /** Make the candidate's schema and tables. */
  MAKE_SCHEMA,
  /** Take the live version's frontier as fence, copy its tables there, open a leg up to it. */
  TAKE_FENCE,
  /** Hand the version to the engine, from where its leg has come to. */
  SUBMIT,
  /** Note that it stands at its fence. */
  MARK_FENCED,
  /** Hold its tables against the copy. */
  COMPARE,
  /** Ask the engine to stop it with a savepoint, and note where that is. */
  STOP_WITH_SAVEPOINT,
  /** Open a leg to the same fence that keeps its state on disk, from where it was stopped. */
  OPEN_LEG_ON_DISK,
  /** Open the leg without an end. */
  OPEN_LAST_LEG,
  /** Give the contract views a branch for it. */
  ATTACH,
  /** Note that readers can be cut over to it. */
  MARK_READY,
  /** Note that it reads, or has come to the log's end (a job's first version). */
  MARK_PROGRESS,
  /** Note that it failed for good. */
  MARK_FAILED,
  /** Note that a verification found no difference, and is over. */
  END_VERIFICATION,
  /** Open a leg from where the version was stopped, with what an upgrade changes. */
  OPEN_UPGRADED_LEG,
  /** Note when an upgraded version has committed first. */
  NOTE_FIRST_COMMIT,
  /** Note that an upgraded version doesn't do. */
  GIVE_UP_UPGRADE,
  /** Open a leg as the version was before its upgrade, from where its state is whole. */
  OPEN_LEG_BACK,
  /** Note that an upgraded version goes on, or one that went back. */
  END_UPGRADE,
  /** Note that a version that went back doesn't do either. */
  END_STUCK,
  /** End its run without a savepoint. */
  CANCEL,
  /** Take its branch out of the contract views. */
  DETACH,
  /** Drop its tables. */
  DROP,
  /** Nothing can be done now; look again soon. */
  WAIT,
  /** As WAIT, because the live version isn't well. */
  WAIT_FOR_LIVE,
  /** Nothing is left to do without an operator. */
  NOTHING
}
