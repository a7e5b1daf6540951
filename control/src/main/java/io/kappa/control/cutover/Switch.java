package io.kappa.control.cutover;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Json;
import io.kappa.control.catalogue.Store;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.cutover.JobRows.Row;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves all tables of a job from one version to another for its readers, in one transaction without
 * DDL: none of them waits, sees two versions, or goes back in the log.
 *
 * <p>Under traffic the two versions take turns at being ahead, so it may take some tries. Between
 * them nothing is locked.
 */
public final class Switch {

  /** So long the live version's commit may be held up by a switch that waits its turn. */
  private static final int LOCK_MILLIS = 50;

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What came of one try. */
  private sealed interface Outcome {

    record Done(Switched what) implements Outcome {}

    record NotNow(String why) implements Outcome {}
  }

  private final Store owner;
  private final VerdictCheck verdicts;
  private final String actor;

  /**
   * @param actor whom the audit trail names
   */
  public Switch(Store owner, VerdictCheck verdicts, String actor) {
    this.owner = owner;
    this.verdicts = verdicts;
    this.actor = actor;
  }

  /**
   * Finds out between which versions to switch.
   *
   * @throws Refusal if there is nothing to cut over to, or to go back to
   */
  public Intent look(Identifier job, Way way) {
    return owner.inSnapshot(
        connection -> {
          JobRows rows = new JobRows(connection, job);
          Pointer pointer = rows.pointer();
          VersionName from = new VersionName(job, pointer.live().getAsInt());
          VersionName to =
              switch (way) {
                case CUT_OVER -> Candidate.toCutOverTo(from, rows.versions());
                case ROLL_BACK -> wayBack(from, rows);
              };
          return new Intent(way, from, to, pointer.generation());
        });
  }

  private static VersionName wayBack(VersionName from, JobRows rows) throws SQLException {
    int number = rows.wayBack(from.number());
    if (number == 0) {
      throw new Refusal(
          "%s is live, and no version before it stands by".formatted(from),
          "a replay makes a new version: ./kappa replay %s".formatted(from.job()));
    }
    return new VersionName(from.job(), number);
  }

  /**
   * Makes the switch, as soon as it can be made.
   *
   * @param accepted why readers may see a version whose comparison doesn't allow it
   * @param timeout how long to wait for a moment at which no reader would go back
   * @throws Refusal if it may not be made, or that moment doesn't come
   */
  public Switched make(Intent intent, Optional<String> accepted, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    return owner.inTransaction(
        connection -> {
          while (true) {
            Outcome outcome = attempt(connection, intent, accepted);
            if (outcome instanceof Outcome.Done done) {
              return done.what();
            }
            connection.rollback();
            if (System.nanoTime() - end >= 0) {
              throw tooLate(intent, timeout, ((Outcome.NotNow) outcome).why());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
          }
        });
  }

  /**
   * Tries the switch once and takes it back.
   *
   * @return what stands in its way at this moment, but may pass
   * @throws Refusal if it may not be made
   */
  public Optional<String> rehearse(Intent intent, Optional<String> accepted) {
    return owner.inTransaction(
        connection -> {
          Outcome outcome = attempt(connection, intent, accepted);
          connection.rollback();
          return outcome instanceof Outcome.NotNow notNow
              ? Optional.of(notNow.why())
              : Optional.empty();
        });
  }

  private static Refusal tooLate(Intent intent, Duration timeout, String why) {
    return new Refusal(
        "In %d s there was no moment to switch from %s to v%d: %s"
            .formatted(timeout.toSeconds(), intent.from(), intent.to().number(), why),
        "readers see v%d as before; see with ./kappa status whether v%d catches up, then try again"
            .formatted(intent.from().number(), intent.to().number()));
  }

  private Outcome attempt(Connection connection, Intent intent, Optional<String> accepted)
      throws SQLException {
    try {
      JobRows rows = new JobRows(connection, intent.from().job());
      rows.limitWaiting(LOCK_MILLIS);
      refuseIfMoved(intent, rows.pointer(), rows);
      Ledgers.Pair glance = Ledgers.read(connection, intent);
      if (!SwitchRules.isPast(glance.to(), glance.from())) {
        return behind(intent, glance);
      }
      refuseIfMoved(intent, rows.lockPointer(), rows);
      NavigableMap<Integer, Row> versions = rows.lockVersions();
      refuseUnfit(intent, versions);
      String ground = ground(intent, accepted);
      Phase left = move(intent, rows, versions);
      return underTheLedger(connection, intent, left, ground);
    } catch (SQLException e) {
      if (JobRows.LOCK_TIMEOUT.equals(e.getSQLState())) {
        return new Outcome.NotNow("others kept it locked");
      }
      throw e;
    }
  }

  /**
   * The last step, kept short: from here on the version that readers saw can't commit. So none of
   * them has seen, or will see, more of it than what is compared here. The other version may commit
   * meanwhile: that only brings it further on.
   */
  private Outcome underTheLedger(Connection connection, Intent intent, Phase left, String ground)
      throws SQLException {
    Ledgers.hold(connection, intent.from());
    Ledgers.Pair frontiers = Ledgers.read(connection, intent);
    if (!SwitchRules.isPast(frontiers.to(), frontiers.from())) {
      return behind(intent, frontiers);
    }
    Switched switched =
        new Switched(
            intent, frontiers.from(), frontiers.to(), intent.generation() + 1, left, ground);
    AuditTrail.write(connection, actor, intent.to(), intent.way().event(), detail(switched));
    return new Outcome.Done(switched);
  }

  private static Outcome behind(Intent intent, Ledgers.Pair frontiers) {
    return new Outcome.NotNow(
        "v%d is behind by %s"
            .formatted(intent.to().number(), SwitchRules.behind(frontiers.to(), frontiers.from())));
  }

  private static void refuseIfMoved(Intent intent, Pointer found, JobRows rows)
      throws SQLException {
    if (!SwitchRules.isUnmoved(intent.generation(), found.generation())) {
      throw Moved.since(intent.generation(), intent.from().job(), found, rows);
    }
  }

  private static void refuseUnfit(Intent intent, NavigableMap<Integer, Row> versions) {
    Row from = versions.get(intent.from().number());
    Row to = versions.get(intent.to().number());
    Phase wanted = intent.way() == Way.CUT_OVER ? Phase.READY : Phase.STANDBY;
    if (to.phase() != wanted || !to.attached()) {
      throw new Refusal(
          "%s is %s%s; allowed is %s"
              .formatted(
                  intent.to(),
                  to.phase(),
                  to.attached() ? "" : " and not in the contract views",
                  wanted),
          "./kappa wait %s brings a candidate there".formatted(intent.to().job()));
    }
    if (!from.topicIds().equals(to.topicIds())) {
      throw new Refusal(
          "%s reads %s, but %s reads %s: their places in the log can't be compared"
              .formatted(intent.to(), to.topicIds(), intent.from(), from.topicIds()),
          "./kappa replay %s makes a version that reads the same topics"
              .formatted(intent.to().job()));
    }
  }

  private String ground(Intent intent, Optional<String> accepted) {
    if (intent.way() == Way.ROLL_BACK) {
      return "the way back";
    }
    Optional<String> whyNot = verdicts.whyNot(intent.to(), intent.from().number());
    if (!SwitchRules.isAllowed(whyNot, accepted)) {
      throw new Refusal(
          "%s may not take the place of v%d: %s"
              .formatted(intent.to(), intent.from().number(), whyNot.orElse("")),
          "./kappa compare %s shows why; --accept 'REASON' overrules it"
              .formatted(intent.to().job()));
    }
    return whyNot
        .map(why -> "accepted: %s (although %s)".formatted(accepted.orElse(""), why))
        .orElse("verdict: pass");
  }

  /**
   * Changes the rows that only operators change; nobody sees it before the commit.
   *
   * @return the phase of the version that readers leave
   */
  private static Phase move(Intent intent, JobRows rows, NavigableMap<Integer, Row> versions)
      throws SQLException {
    rows.point(intent.to(), intent.generation() + 1);
    rows.phase(intent.to(), Phase.LIVE);
    Phase before = versions.get(intent.from().number()).phase();
    Phase left = before == Phase.FAILED ? before : Candidate.phaseAfter(intent, versions);
    rows.phase(intent.from(), left);
    return left;
  }

  private static Map<String, String> detail(Switched switched) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("from", Integer.toString(switched.intent().from().number()));
    detail.put("to", Integer.toString(switched.intent().to().number()));
    detail.put("fromFrontier", Json.text(switched.before().offsets()));
    detail.put("toFrontier", Json.text(switched.after().offsets()));
    detail.put("generation", Long.toString(switched.generation()));
    detail.put("ground", switched.ground());
    return detail;
  }
}
