package io.kappa.control.cli;

import io.kappa.control.replay.Driver;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Optional;

/** Stops a version that is marked as over, detaches it, and drops its tables if it's time. */
final class LastDrive {

  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Installation installation;
  private final Terminal terminal;

  LastDrive(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  /** Drives it as far as it goes now; a driver in the background does the rest. */
  void accept(VersionName name) {
    try (LogAdmin log = installation.log(Installation.PATIENCE);
        CtrlC ctrlC = new CtrlC()) {
      new Driver(installation.tools(log), Pacing.DEFAULT, terminal::say)
          .drive(name, new ToTheEnd(ctrlC));
    }
  }

  private final class ToTheEnd implements Driver.Passenger {

    private final CtrlC ctrlC;
    private long awayUntil = System.nanoTime() + AWAY.toNanos();
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private Optional<String> trouble = Optional.empty();

    private ToTheEnd(CtrlC ctrlC) {
      this.ctrlC = ctrlC;
    }

    @Override
    public boolean isThere(Driver.Look look) {
      if (look.situation().engine() != EngineState.UNKNOWN) {
        awayUntil = System.nanoTime() + AWAY.toNanos();
      }
      return Driver.idle().test(look);
    }

    @Override
    public boolean hasEnough() {
      if (System.nanoTime() > deadline) {
        terminal.say("the rest goes on in the background, if a driver runs; ./kappa up starts one");
        return true;
      }
      if (System.nanoTime() > awayUntil) {
        terminal.say(
            "Flink doesn't answer; the rest is done when it does, if a driver runs (./kappa up)");
        return true;
      }
      return ctrlC.isPressed();
    }

    @Override
    public void trouble(Optional<String> what) {
      if (!what.equals(trouble)) {
        trouble = what;
        what.ifPresent(terminal::note);
      }
    }

    @Override
    public void rest(long millis) {
      ctrlC.rest(millis);
    }
  }
}
