package io.kappa.control.version;

/**
 * The life of a version as a state machine: given where it is and what is seen of it, what a driver
 * does next. It remembers nothing, so whoever drives can be killed and another goes on.
 */
public final class Lifecycle {

  private final Pacing pacing;

  public Lifecycle(Pacing pacing) {
    this.pacing = pacing;
  }

  /** What to do next. */
  public Action next(Situation seen) {
    if (seen.upgrade().filter(Upgrade::isOpen).isPresent() && !seen.phase().isOver()) {
      return UpgradeCourse.next(seen, seen.upgrade().get());
    }
    return switch (seen.phase()) {
      case RETIRED, ABORTED -> cleanUp(seen);
      case FAILED -> seen.engine().isActive() ? Action.CANCEL : Action.NOTHING;
      case CREATED -> seen.purpose() == Purpose.LAUNCH ? launched(seen) : created(seen);
      case REPLAYING -> seen.purpose() == Purpose.LAUNCH ? launched(seen) : replaying(seen);
      case FENCED -> failedOr(seen, Action.COMPARE);
      case COMPARED -> failedOr(seen, compared(seen));
      case CATCHING_UP -> failedOr(seen, catchingUp(seen));
      case READY -> failedOr(seen, Action.NOTHING);
      case LIVE, STANDBY -> Action.NOTHING;
    };
  }

  private static Action failedOr(Situation seen, Action otherwise) {
    return seen.failure().isPresent() ? Action.MARK_FAILED : otherwise;
  }

  /**
   * A first version is handed in by whoever starts it, and its phase follows what it does. One that
   * reads history in a leg of its own is taken from there to the next.
   */
  private static Action launched(Situation seen) {
    if (!seen.live()) {
      return Action.WAIT;
    }
    if (seen.leavesHeap() && seen.failure().isEmpty()) {
      return leavingHeap(seen);
    }
    if (!seen.committed()) {
      boolean ofDriver = seen.leg().flatMap(Leg::restoreFrom).isPresent();
      return ofDriver && seen.failure().isEmpty() ? running(seen, Action.WAIT) : Action.WAIT;
    }
    if (seen.phase() == Phase.CREATED) {
      return Action.MARK_PROGRESS;
    }
    if (seen.isAtFence()) {
      return historyRead(seen);
    }
    return seen.pastHistory() ? Action.MARK_PROGRESS : Action.WAIT;
  }

  private static Action historyRead(Situation seen) {
    if (seen.leg().flatMap(Leg::savepoint).isPresent()) {
      return Action.OPEN_LAST_LEG;
    }
    return seen.failure().isPresent() ? Action.WAIT : stopped(seen);
  }

  private static Action created(Situation seen) {
    if (!seen.schemaExists()) {
      return Action.MAKE_SCHEMA;
    }
    return seen.liveIsWell() ? Action.TAKE_FENCE : Action.WAIT_FOR_LIVE;
  }

  private static Action replaying(Situation seen) {
    if (seen.isAtFence()) {
      return Action.MARK_FENCED;
    }
    if (seen.leavesHeap()) {
      return failedOr(seen, leavingHeap(seen));
    }
    return failedOr(seen, running(seen, seen.liveIsWell() ? Action.WAIT : Action.WAIT_FOR_LIVE));
  }

  private static Action leavingHeap(Situation seen) {
    return seen.leg().flatMap(Leg::savepoint).isPresent() ? Action.OPEN_LEG_ON_DISK : stopped(seen);
  }

  /** What to do once it runs; before that, let it run. */
  static Action running(Situation seen, Action once) {
    return switch (seen.engine()) {
      case RUNNING -> once;
      case STARTING, RESTARTING, STOPPING, UNKNOWN -> Action.WAIT;
      case NOT_RUNNING, CANCELED, FINISHED, FAILED -> Action.SUBMIT;
    };
  }

  private Action compared(Situation seen) {
    if (seen.purpose() == Purpose.VERIFY) {
      if (seen.identical()) {
        return Action.END_VERIFICATION;
      }
      return seen.engine().isActive() ? Action.CANCEL : Action.NOTHING;
    }
    if (seen.course().toFenceOnly()) {
      return Action.NOTHING;
    }
    if (seen.leg().flatMap(Leg::savepoint).isEmpty()) {
      return stopped(seen);
    }
    if (seen.behind() <= pacing.far()) {
      return Action.OPEN_LAST_LEG;
    }
    return seen.liveIsWell() ? Action.TAKE_FENCE : Action.WAIT_FOR_LIVE;
  }

  /** It has to run to be stopped; one that has stopped left a savepoint behind. */
  static Action stopped(Situation seen) {
    return seen.engine() == EngineState.FINISHED || seen.engine() == EngineState.STOPPING
        ? Action.STOP_WITH_SAVEPOINT
        : running(seen, Action.STOP_WITH_SAVEPOINT);
  }

  private static Action catchingUp(Situation seen) {
    if (!seen.course().attached()) {
      return Action.ATTACH;
    }
    boolean ready = seen.committed() && seen.caughtUp();
    Action once = ready ? Action.MARK_READY : Action.WAIT;
    return running(seen, seen.liveIsWell() ? once : Action.WAIT_FOR_LIVE);
  }

  private static Action cleanUp(Situation seen) {
    if (seen.engine().isActive()) {
      // A run that fails over and over again would never come to a savepoint.
      return keepsSavepoint(seen) && seen.engine() != EngineState.RESTARTING
          ? Action.STOP_WITH_SAVEPOINT
          : Action.CANCEL;
    }
    if (seen.engine() == EngineState.UNKNOWN) {
      return Action.WAIT;
    }
    if (keepsSavepoint(seen)
        && seen.engine() == EngineState.FINISHED
        && seen.leg().flatMap(Leg::savepoint).isEmpty()) {
      return Action.STOP_WITH_SAVEPOINT;
    }
    if (seen.course().attached()) {
      return Action.DETACH;
    }
    if (seen.course().dropped()) {
      return Action.NOTHING;
    }
    return seen.dropDue() ? Action.DROP : Action.NOTHING;
  }

  private static boolean keepsSavepoint(Situation seen) {
    return seen.phase() == Phase.RETIRED && seen.purpose() != Purpose.VERIFY;
  }
}
