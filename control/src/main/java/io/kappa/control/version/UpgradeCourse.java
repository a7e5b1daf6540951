package io.kappa.control.version;

/**
 * The course of an upgrade as a state machine, as {@link Lifecycle} is that of a version's life:
 * stop with a savepoint, go on changed, and if that doesn't do, go back. It remembers nothing.
 */
final class UpgradeCourse {

  private UpgradeCourse() {}

  /** What to do next with a version that has an open upgrade. */
  static Action next(Situation seen, Upgrade upgrade) {
    return switch (upgrade.stage()) {
      case STOPPING -> stopping(seen);
      case TRYING -> trying(seen, upgrade);
      case GOING_BACK -> ended(seen, Action.OPEN_LEG_BACK);
      case RETURNING -> returning(seen, upgrade);
      case DONE, BACK, STUCK -> Action.NOTHING;
    };
  }

  /** One that fails over and over again, or was ended, goes on from its last checkpoint. */
  private static Action stopping(Situation seen) {
    if (seen.leg().flatMap(Leg::savepoint).isPresent()) {
      return Action.OPEN_UPGRADED_LEG;
    }
    return switch (seen.engine()) {
      // What has stopped left a savepoint, which is to be noted.
      case FINISHED -> Action.STOP_WITH_SAVEPOINT;
      case CANCELED, FAILED -> Action.OPEN_UPGRADED_LEG;
      default ->
          seen.failure().isPresent() && seen.engine().isActive()
              ? Action.CANCEL
              : Lifecycle.stopped(seen);
    };
  }

  private static Action trying(Situation seen, Upgrade upgrade) {
    if (seen.failure().isPresent()) {
      return Action.GIVE_UP_UPGRADE;
    }
    return committing(seen, upgrade, seen.settled());
  }

  private static Action returning(Situation seen, Upgrade upgrade) {
    return seen.failure().isPresent() ? Action.END_STUCK : committing(seen, upgrade, true);
  }

  private static Action committing(Situation seen, Upgrade upgrade, boolean far) {
    if (seen.committed() && upgrade.nextCommit().isEmpty()) {
      return Action.NOTE_FIRST_COMMIT;
    }
    return Lifecycle.running(seen, seen.committed() && far ? Action.END_UPGRADE : Action.WAIT);
  }

  /** What to do once nothing runs any more. */
  private static Action ended(Situation seen, Action then) {
    if (seen.engine().isActive()) {
      return Action.CANCEL;
    }
    return seen.engine() == EngineState.UNKNOWN ? Action.WAIT : then;
  }
}
