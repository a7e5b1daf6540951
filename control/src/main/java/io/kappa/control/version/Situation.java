package io.kappa.control.version;

import java.util.Optional;

/**
 * All that a driver has to know of a version to say what comes next.
 *
 * @param schemaExists its own tables are there
 * @param leg the leg that it is on, or was on last
 * @param frontier what its tables hold
 * @param committed it has committed on this leg
 * @param engine what the engine says of its run on this leg
 * @param failure why it can't go on, if it can't
 * @param heapIsFull its leg keeps state in memory, and there is none left
 * @param identical its newest comparison found no difference
 * @param liveIsWell the live version of its job runs
 * @param behind records between its fence and the live version's frontier
 * @param caughtUp it is as near to the log's end as the live version, about
 * @param pastHistory it has come to where the log ended at its launch, and goes on from there
 * @param live readers see it
 * @param dropDue the time has come at which its tables may go
 * @param upgrade its newest upgrade
 * @param settled since its upgrade it has come to where the log had ended, or committed long enough
 */
public record Situation(
    Purpose purpose,
    Phase phase,
    Course course,
    boolean schemaExists,
    Optional<Leg> leg,
    Frontier frontier,
    boolean committed,
    EngineState engine,
    Optional<String> failure,
    boolean heapIsFull,
    boolean identical,
    boolean liveIsWell,
    long behind,
    boolean caughtUp,
    boolean pastHistory,
    boolean live,
    boolean dropDue,
    Optional<Upgrade> upgrade,
    boolean settled) {

  /**
   * Whether its state goes from memory to disk: there is no room for it, or it was asked to stop
   * for that short of its fence.
   */
  boolean leavesHeap() {
    return !isAtFence()
        && leg.filter(each -> each.fence().isPresent() && each.profile().isOnHeap())
            .filter(each -> heapIsFull || each.stopAttempts() > 0)
            .isPresent();
  }

  /** Whether it stands just at the fence of its leg. */
  public boolean isAtFence() {
    return leg.flatMap(Leg::fence).map(frontier::equals).orElse(false);
  }
}
