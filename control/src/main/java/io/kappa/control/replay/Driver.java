package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Lease;
import io.kappa.control.catalogue.LeaseLost;
import io.kappa.control.flink.SubmissionRefused;
import io.kappa.control.version.Action;
import io.kappa.control.version.Lifecycle;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Situation;
import io.kappa.control.version.VersionName;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a version through its life: looks, asks the {@link Lifecycle} what comes next, does it,
 * looks again. Any number of drivers may be at it, and any may be killed: a lease lets one work at
 * a time, and nothing is remembered here but how often something was refused.
 */
public final class Driver {

  /**
   * What a driver sees at one look.
   *
   * @param next what is done next, by this driver or another one
   */
  public record Look(Entry entry, Situation situation, Action next) {}

  /** Who is told, and who may end the driving. */
  public interface Passenger {

    /** Told at each look; driving ends when it says so. */
    boolean isThere(Look look);

    /** Asked before each look, also while nothing answers; driving ends when it says so. */
    boolean hasEnough();

    /** Told what doesn't work at the moment; empty when it works again. */
    void trouble(Optional<String> what);

    /** Waits a while. */
    void rest(long millis);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
  private static final long BETWEEN_LOOKS_MS = 500;
  private static final long AFTER_TROUBLE_MS = 2_000;
  private static final int MOST_REFUSALS = 5;

  private final Tools tools;
  private final Lookout lookout;
  private final Lifecycle lifecycle;
  private final Steps steps;
  private final Stopping stopping;
  private final Attachment attachment;
  private final Upgrading upgrading;

  /**
   * @param say is told one line a step
   */
  public Driver(Tools tools, Pacing pacing, Consumer<String> say) {
    this.tools = tools;
    this.lookout = new Lookout(tools, pacing);
    this.lifecycle = new Lifecycle(pacing);
    Submitter submitter = new Submitter(tools, say);
    this.steps = new Steps(tools, submitter, say);
    this.stopping = new Stopping(tools, submitter, say);
    this.attachment = new Attachment(tools, say);
    this.upgrading = new Upgrading(tools, say);
  }

  /** Drives a version until nothing is left to do without an operator. */
  public static Predicate<Look> idle() {
    return look -> look.next() == Action.NOTHING;
  }

  /** Drives a version until the passenger is there, or has enough. */
  public void drive(VersionName name, Passenger passenger) {
    HeldLease held = null;
    int refusals = 0;
    try {
      while (!passenger.hasEnough()) {
        long pause = 0;
        try {
          Lookout.View seen = lookout.at(name);
          Action next = lifecycle.next(seen.situation());
          if (passenger.isThere(new Look(seen.entry(), seen.situation(), next))) {
            return;
          }
          if (isQuiet(next)) {
            pause = BETWEEN_LOOKS_MS;
          } else if (held == null) {
            // What was seen before the lease was there may be old: look again.
            held = HeldLease.take(tools.leases(), name, tools.actor()).orElse(null);
            pause = held == null ? BETWEEN_LOOKS_MS : 0;
          } else {
            act(held.lease(), seen, next, refusals);
            refusals = next == Action.SUBMIT ? 0 : refusals;
            pause = isAsked(next) ? BETWEEN_LOOKS_MS : 0;
          }
          passenger.trouble(Optional.empty());
        } catch (LeaseLost lost) {
          LOG.info("{}", lost.getMessage());
          held = given(held);
          pause = BETWEEN_LOOKS_MS;
        } catch (Refusal refusal) {
          refusals += refusal instanceof SubmissionRefused ? 1 : 0;
          LOG.warn("{} goes on later: {}", name, refusal.getMessage(), refusal.getCause());
          passenger.trouble(Optional.of(refusal.getMessage()));
          pause = AFTER_TROUBLE_MS;
        }
        if (pause > 0) {
          passenger.rest(pause);
        }
      }
    } finally {
      given(held);
    }
  }

  private static HeldLease given(HeldLease held) {
    if (held != null) {
      held.close();
    }
    return null;
  }

  private static boolean isQuiet(Action action) {
    return action == Action.WAIT || action == Action.WAIT_FOR_LIVE || action == Action.NOTHING;
  }

  /** Asked of somebody else, who takes a while. */
  private static boolean isAsked(Action action) {
    return action == Action.SUBMIT
        || action == Action.STOP_WITH_SAVEPOINT
        || action == Action.CANCEL;
  }

  private void act(Lease lease, Lookout.View seen, Action action, int refusals) {
    switch (action) {
      case MAKE_SCHEMA -> steps.makeSchema(lease, seen);
      case TAKE_FENCE -> steps.takeFence(lease, seen);
      case SUBMIT -> submit(lease, seen, refusals);
      case MARK_FENCED -> steps.markFenced(lease, seen);
      case COMPARE -> steps.compare(lease, seen);
      case STOP_WITH_SAVEPOINT -> stopping.withSavepoint(lease, seen);
      case OPEN_LEG_ON_DISK -> steps.openLegOnDisk(lease, seen);
      case OPEN_LAST_LEG -> steps.openLastLeg(lease, seen);
      case ATTACH -> attachment.attach(seen);
      case MARK_READY -> steps.markReady(lease, seen);
      case MARK_PROGRESS -> steps.markProgress(lease, seen);
      case MARK_FAILED ->
          steps.markFailed(lease, seen, seen.situation().failure().orElse("no cause is known"));
      case END_VERIFICATION -> steps.endVerification(lease, seen);
      case OPEN_UPGRADED_LEG -> upgrading.openUpgradedLeg(lease, seen);
      case NOTE_FIRST_COMMIT -> upgrading.noteFirstCommit(lease, seen);
      case GIVE_UP_UPGRADE -> upgrading.giveUp(lease, seen);
      case OPEN_LEG_BACK -> upgrading.openLegBack(lease, seen);
      case END_UPGRADE -> upgrading.end(lease, seen);
      case END_STUCK -> upgrading.endStuck(lease, seen);
      case CANCEL -> steps.cancel(seen);
      case DETACH -> attachment.detach(seen);
      case DROP -> steps.drop(seen);
      case WAIT, WAIT_FOR_LIVE, NOTHING -> {}
    }
  }

  /** A version whose main method fails each time never runs, however often it's handed in. */
  private void submit(Lease lease, Lookout.View seen, int refusals) {
    try {
      steps.submit(seen);
    } catch (SubmissionRefused refused) {
      if (refusals + 1 < MOST_REFUSALS) {
        throw refused;
      }
      if (seen.entry().isBeingUpgraded()) {
        upgrading.refused(lease, seen, refused.getMessage());
      } else {
        steps.markFailed(lease, seen, refused.getMessage());
      }
    }
  }
}
