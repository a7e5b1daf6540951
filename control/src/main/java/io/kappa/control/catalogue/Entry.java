package io.kappa.control.catalogue;

import io.kappa.control.version.Course;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.Run;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.Version;
import java.util.List;
import java.util.Optional;

/**
 * All that the catalogue knows of one version at one moment.
 *
 * @param legs in their order
 * @param runs oldest first
 * @param upgrades oldest first
 */
public record Entry(
    Version version,
    Course course,
    Ledger ledger,
    List<Leg> legs,
    List<Run> runs,
    List<Upgrade> upgrades) {

  /** The newest upgrade. */
  public Optional<Upgrade> upgrade() {
    return upgrades.isEmpty() ? Optional.empty() : Optional.of(upgrades.get(upgrades.size() - 1));
  }

  /** Whether an upgrade is under way. */
  public boolean isBeingUpgraded() {
    return upgrade().filter(Upgrade::isOpen).isPresent();
  }

  /** The leg that it is on, or was on last. */
  public Optional<Leg> leg() {
    return legs.isEmpty() ? Optional.empty() : Optional.of(legs.get(legs.size() - 1));
  }

  /** Whether it is still in the phase, on the leg and at the stage at which it was then. */
  public boolean isWhereItWas(Entry then) {
    return version.phase() == then.version().phase()
        && legs.equals(then.legs())
        && upgrades.equals(then.upgrades());
  }

  /** Whether it's a first version that reads up to where the log ended when it was started. */
  public boolean readsHistory() {
    return version.purpose() == Purpose.LAUNCH && leg().flatMap(Leg::fence).isPresent();
  }

  /** Whether it has come to where the log ended then, and goes on from there. */
  public boolean isPastHistory() {
    return ledger.frontier().reaches(version.logEnd()) && !readsHistory();
  }

  /**
   * Whether a first version has read as much of that history as it can on the leg that it is on, or
   * has the next leg and hasn't committed on it: what comes is a driver's.
   */
  public boolean isChangingLegs() {
    return isAtEndOfHistory() || isStoppedInHistory() || isBeforeNextLeg();
  }

  private boolean isAtEndOfHistory() {
    return readsHistory()
        && committedOnLeg()
        && leg().flatMap(Leg::fence).equals(Optional.of(ledger.frontier()));
  }

  /** Its state is too large for memory, so that it goes on with another leg. */
  private boolean isStoppedInHistory() {
    return readsHistory() && leg().filter(leg -> leg.stopAttempts() > 0).isPresent();
  }

  private boolean isBeforeNextLeg() {
    return version.purpose() == Purpose.LAUNCH
        && (readsHistory() || version.phase() == Phase.REPLAYING)
        && leg().flatMap(Leg::restoreFrom).isPresent()
        && !committedOnLeg()
        && !isBeingUpgraded();
  }

  /** Whether something was committed on the leg that it is on. */
  public boolean committedOnLeg() {
    int leg = leg().map(Leg::number).orElse(0);
    return runs.stream()
        .anyMatch(run -> run.leg() == leg && run.generation() == ledger.committedBy());
  }

  /** The run that was submitted last, if it is on the leg that the version is on. */
  public Optional<Run> runOnLeg() {
    int leg = leg().map(Leg::number).orElse(0);
    return newestRun().filter(run -> run.leg() == leg);
  }

  /** The run that was submitted last. */
  public Optional<Run> newestRun() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }
}
