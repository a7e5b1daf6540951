package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.Action;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Optional;

/** Drives a candidate on and shows how far it is, until it's where it was to go. */
final class Ride implements Driver.Passenger, AutoCloseable {

  private final Terminal terminal;
  private final Tools tools;
  private final LogAdmin log;
  private final CtrlC ctrlC;
  private final VersionName name;
  private final long deadline;
  private final Duration timeout;
  private final ReadAhead readAhead;
  private Meter meter;
  private String shownLeg = "";
  private Optional<String> trouble = Optional.empty();
  private boolean liveIsWell = true;
  private Optional<Phase> seen = Optional.empty();
  private Optional<Driver.Look> there = Optional.empty();

  Ride(
      Terminal terminal,
      Tools tools,
      LogAdmin log,
      CtrlC ctrlC,
      VersionName name,
      Duration timeout) {
    this.terminal = terminal;
    this.tools = tools;
    this.log = log;
    this.ctrlC = ctrlC;
    this.name = name;
    this.timeout = timeout;
    this.readAhead = new ReadAhead(tools.flink());
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /**
   * Drives until nothing is left to do without an operator, or Ctrl-C is pressed.
   *
   * @return the last that was seen; empty after Ctrl-C
   * @throws Refusal if it failed or was ended, or it takes too long
   */
  Optional<Driver.Look> toTheEnd() {
    new Driver(tools, Pacing.DEFAULT, this::note).drive(name, this);
    closeMeter();
    if (there.isPresent()) {
      refuseIfOver(there.get().entry());
    } else if (!ctrlC.isPressed()) {
      throw tooLong();
    }
    return there;
  }

  private Refusal tooLong() {
    return new Refusal(
        "%s is %s after %d s"
            .formatted(
                name, seen.map(Phase::toString).orElse("not to be seen"), timeout.toSeconds()),
        "it goes on by itself; wait again, or give a longer --timeout");
  }

  @Override
  public boolean isThere(Driver.Look look) {
    seen = Optional.of(look.entry().version().phase());
    show(look);
    if (look.next() == Action.NOTHING) {
      there = Optional.of(look);
    }
    return there.isPresent();
  }

  @Override
  public boolean hasEnough() {
    return ctrlC.isPressed() || System.nanoTime() > deadline;
  }

  @Override
  public void trouble(Optional<String> what) {
    if (!what.equals(trouble)) {
      trouble = what;
      what.ifPresent(this::note);
    }
  }

  @Override
  public void rest(long millis) {
    ctrlC.rest(millis);
  }

  private void show(Driver.Look look) {
    Entry entry = look.entry();
    boolean well = look.next() != Action.WAIT_FOR_LIVE;
    if (well != liveIsWell) {
      liveIsWell = well;
      note(
          well
              ? "the live version runs again"
              : "the live version doesn't run; %s waits for it".formatted(name));
    }
    Phase phase = entry.version().phase();
    if (phase != Phase.REPLAYING && phase != Phase.CATCHING_UP) {
      closeMeter();
      return;
    }
    Leg leg = entry.leg().orElseThrow();
    if (meter == null || !shownLeg.equals(label(leg))) {
      closeMeter();
      shownLeg = label(leg);
      meter = new Meter(terminal, shownLeg, System::nanoTime);
    }
    Frontier goal =
        leg.fence().orElseGet(() -> log.ends(entry.version().start().offsets().keySet()));
    long total = leg.start().recordsTo(goal);
    long committed = Math.min(total, leg.start().recordsTo(entry.ledger().frontier()));
    // What is read isn't committed yet, so the last of it isn't done.
    long read = Math.min(total - 1, leg.start().recordsTo(readAhead.of(name, leg.start())));
    long done = Math.max(committed, read);
    meter.at(done, total, done);
  }

  private String label(Leg leg) {
    return "%s leg %d%s"
        .formatted(name, leg.number(), leg.fence().isPresent() ? "" : " (catching up)");
  }

  private void note(String line) {
    if (meter == null) {
      terminal.note(line);
    } else {
      meter.note(line);
    }
  }

  private void closeMeter() {
    if (meter != null) {
      meter.close();
      meter = null;
    }
  }

  private void refuseIfOver(Entry entry) {
    Phase phase = entry.version().phase();
    if (phase == Phase.FAILED) {
      throw new Refusal(
          "%s failed: %s".formatted(name, entry.course().failure().orElse("no cause is known")),
          "readers see the live version as before; ./kappa abort %s cleans up"
              .formatted(name.job()));
    }
    boolean ended =
        phase == Phase.ABORTED
            || (phase == Phase.RETIRED && entry.version().purpose() != Purpose.VERIFY);
    if (ended) {
      throw new Refusal(
          "%s is %s".formatted(name, phase), "./kappa log %s says by whom".formatted(name.job()));
    }
  }

  @Override
  public void close() {
    closeMeter();
  }
}
