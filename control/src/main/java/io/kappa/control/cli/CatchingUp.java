package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.status.JobStatus;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.status.StatusReader;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Waits until a version has committed all that the log held when the waiting began. */
final class CatchingUp {

  private static final long POLL_MILLIS = 500;
  private static final Duration AWAY = Duration.ofMinutes(1);

  private static final Set<EngineState> STOPPED =
      EnumSet.of(EngineState.CANCELED, EngineState.FINISHED);

  private final StatusReader status;
  private final LogAdmin log;
  private final Identifier job;
  private final Duration timeout;
  private final Optional<ReadAhead> readAhead;
  private Optional<String> trouble = Optional.empty();
  private long wellUntil = System.nanoTime() + AWAY.toNanos();

  /**
   * @param readAhead where commits are rare, so that what is read is shown, too
   */
  CatchingUp(
      StatusReader status,
      LogAdmin log,
      Identifier job,
      Duration timeout,
      Optional<ReadAhead> readAhead) {
    this.status = status;
    this.log = log;
    this.job = job;
    this.timeout = timeout;
    this.readAhead = readAhead;
  }

  /**
   * Waits; goes on if Ctrl-C is pressed. The store or the engine may be away for a minute.
   *
   * @return the version as it is when it has come there
   * @throws Refusal if it failed, isn't running, or takes too long
   */
  VersionStatus await(Meter meter, CtrlC ctrlC) {
    VersionStatus version = version();
    Frontier target = log.ends(version.start().offsets().keySet());
    long total = version.start().recordsTo(target);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!hasCome(version, target) && !ctrlC.isPressed()) {
      refuseIfOver(version);
      long done = done(version, total);
      meter.at(done, total, done);
      sayTrouble(version, meter);
      if (System.nanoTime() > deadline) {
        throw tooLong(done, total);
      }
      ctrlC.rest(POLL_MILLIS);
      version = look(version);
    }
    long done = done(version, total);
    meter.at(done, total, done);
    return version;
  }

  private long done(VersionStatus version, long total) {
    Frontier start = version.start();
    long committed = Math.min(total, start.recordsTo(version.frontier()));
    if (committed == total || readAhead.isEmpty()) {
      return committed;
    }
    // What is read isn't committed yet, so the last of it isn't done.
    long read = start.recordsTo(readAhead.get().of(version.name(), start));
    return Math.max(committed, Math.min(total - 1, read));
  }

  /** The version now, or as it was before if the store is away. */
  private VersionStatus look(VersionStatus before) {
    Optional<Refusal> away = Optional.empty();
    VersionStatus now = before;
    try {
      now = version();
    } catch (Refusal refusal) {
      away = Optional.of(refusal);
    }
    if (away.isEmpty() && now.engine().isActive()) {
      wellUntil = System.nanoTime() + AWAY.toNanos();
    } else if (System.nanoTime() > wellUntil) {
      throw away.orElse(notRunning(now));
    }
    return now;
  }

  private void sayTrouble(VersionStatus version, Meter meter) {
    if (!version.trouble().equals(trouble)) {
      trouble = version.trouble();
      trouble.ifPresent(why -> meter.note("restarting: " + why));
    }
  }

  private static boolean hasCome(VersionStatus version, Frontier target) {
    boolean nothingToDo = version.start().recordsTo(target) == 0;
    return version.phase() != Phase.FAILED
        && !version.changesLegs()
        && version.frontier().reaches(target)
        && (nothingToDo || version.committedAt().isPresent());
  }

  private VersionStatus version() {
    JobStatus found = StatusCommand.one(status.read(), job);
    return found.versions().stream()
        .filter(v -> found.live().isPresent() && found.live().getAsInt() == v.name().number())
        .findFirst()
        .or(
            () ->
                found.versions().stream()
                    .max(Comparator.comparingInt(each -> each.name().number())))
        .orElseThrow();
  }

  private static void refuseIfOver(VersionStatus version) {
    if (STOPPED.contains(version.engine()) && !version.changesLegs()) {
      throw notRunning(version);
    }
    if (version.phase() == Phase.FAILED) {
      String cause = version.failure().orElse("Flink gives no cause");
      int remedy = cause.lastIndexOf("; ");
      throw new Refusal(
          "%s failed: %s"
              .formatted(version.name(), remedy < 0 ? cause : cause.substring(0, remedy)),
          remedy < 0
              ? "mend that, then ./kappa start %s goes on".formatted(version.name().job())
              : cause.substring(remedy + 2));
    }
  }

  private static Refusal notRunning(VersionStatus version) {
    return version.engine() == EngineState.UNKNOWN
        ? new Refusal("Flink doesn't answer", "./kappa up starts it again")
        : new Refusal(
            "%s isn't running (%s)".formatted(version.name(), version.engine()),
            "./kappa start %s runs it".formatted(version.name().job()));
  }

  private Refusal tooLong(long done, long total) {
    return new Refusal(
        "%s has committed %,d of %,d records in %d s"
            .formatted(job, done, total, timeout.toSeconds()),
        "it goes on by itself; wait again, or give a longer --timeout");
  }
}
