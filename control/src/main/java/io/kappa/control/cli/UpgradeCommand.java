package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Tools;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kappa upgrade}. */
@Command(
    name = "upgrade",
    description =
        "Let a job's live version go on with another jar or another parallelism, its state kept.",
    footer = {
      "",
      "First says what would become of each state; then stops the version with a savepoint, starts it",
      "anew from there, and watches it commit. If it doesn't, it goes back to what it was by itself.",
      "For changes that keep the state's meaning; others need ./kappa replay.",
      "",
      "Examples:",
      "  ./kappa upgrade activity-metrics --parallelism 4 --wait",
      "  ./kappa upgrade activity-metrics --jar jobs/target/kappa-jobs.jar --wait",
      "  ./kappa upgrade activity-metrics --back --wait"
    })
final class UpgradeCommand implements Runnable {

  @Mixin private UpgradeOptions options;

  @Option(names = "--back", description = "Go back to what it was before its last upgrade.")
  private boolean back;

  @Option(
      names = "--follow",
      description =
          "Begin nothing: follow the upgrade that is under way, or say how the last ended.")
  private boolean follow;

  @Option(names = "--wait", description = "Drive it until it commits again.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = WaitCommand.Span.class,
      description = "How long --wait waits (default: 10m).")
  private Duration timeout;

  @Option(names = "--dry-run", description = "Say what would become of its state, and do nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  private final Installation installation;
  private final Terminal terminal;

  UpgradeCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if ((back || follow) && !options.sayNothing()) {
      throw new ParameterException(
          spec.commandLine(), "--back and --follow say what is meant: give no jar or parallelism");
    }
    new Migration(installation.owner()).run();
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Tools tools = installation.tools(log);
      Upgrader upgrader = new Upgrader(tools, terminal::say);
      Entry live = upgrader.live(options.job());
      if (follow && !live.isBeingUpgraded()) {
        say(live);
        return;
      }
      if (live.isBeingUpgraded()) {
        if (!options.sayNothing()) {
          upgrader.refuseAnother(options.request(installation));
        }
        terminal.say("%s is being upgraded".formatted(live.version().name()));
        follow(tools, log, live.version().name());
        return;
      }
      UpgradeRequest request = back ? upgrader.back(options.job()) : options.request(installation);
      Upgrader.Plan plan = upgrader.plan(request);
      Upgrader.refuseTheSame(plan);
      StateVerdicts.say(plan, terminal);
      if (dryRun) {
        return;
      }
      upgrader.begin(plan);
      follow(tools, log, plan.version().version().name());
    }
  }

  private void follow(Tools tools, LogAdmin log, VersionName name) {
    if (!wait && !follow) {
      terminal.say(
          DriverProcess.supervisor(installation).running().isPresent()
              ? "it goes on in the background; ./kappa upgrade %s --follow shows how far it is"
                  .formatted(name.job())
              : "nobody drives it on: ./kappa upgrade %s --follow does, or ./kappa up starts a driver"
                  .formatted(name.job()));
      return;
    }
    Optional<Driver.Look> there;
    try (CtrlC ctrlC = new CtrlC();
        Ride ride = new Ride(terminal, tools, log, ctrlC, name, timeout)) {
      there = ride.toTheEnd();
    }
    if (there.isPresent()) {
      say(there.get().entry());
    } else {
      terminal.say(
          "%s goes on in the background if a driver runs; ./kappa upgrade %s --follow shows how far it is"
              .formatted(name, name.job()));
    }
  }

  private void say(Entry entry) {
    VersionName name = entry.version().name();
    Upgrade upgrade =
        entry
            .upgrade()
            .orElseThrow(
                () ->
                    new Refusal(
                        "%s was never upgraded".formatted(name),
                        "./kappa upgrade --help says how to"));
    String pause =
        upgrade
            .pause()
            .map(time -> "%.1f s without a commit".formatted(time.toMillis() / 1_000.0))
            .orElse("without a commit for a time unknown");
    if (upgrade.stage() == UpgradeStage.DONE) {
      terminal.say("%s runs %s; %s".formatted(name, upgrade.after().inShort(), pause));
      terminal.say("./kappa upgrade %s --back goes back".formatted(name.job()));
      return;
    }
    String why = upgrade.why().orElse("no cause is known");
    if (upgrade.stage() == UpgradeStage.BACK) {
      throw new Refusal(
          "%s couldn't go on: %s".formatted(name, why),
          "it runs %s again, %s; mend the jar, or ./kappa replay %s"
              .formatted(upgrade.before().inShort(), pause, name.job()));
    }
    throw new Refusal(
        "%s can go on neither changed nor as before: %s".formatted(name, why),
        "readers see it as it was at its last commit; mend what keeps it and ./kappa start %s, or ./kappa replay %s"
            .formatted(name.job(), name.job()));
  }
}
