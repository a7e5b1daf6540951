package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.upgrade.Upgrader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kappa savepoint check}. */
@Command(
    name = "check",
    description = "Say whether a job's live version could go on from its state with another jar.",
    footer = {
      "",
      "Its newest checkpoint is read where it lies, and the jar's job is run on nothing, to see",
      "which state it keeps; Flink's own serializers say how the two get on. Nothing is stopped.",
      "Exits with 1 if it couldn't go on.",
      "",
      "Example:",
      "  ./kappa savepoint check activity-metrics --jar jobs/target/kappa-jobs.jar"
    })
final class SavepointCheckCommand implements Runnable {

  @Mixin private UpgradeOptions options;

  @Option(names = "--json", description = "Print a JSON array, one object a state.")
  private boolean json;

  private final Installation installation;
  private final Terminal terminal;

  SavepointCheckCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Upgrader upgrader = new Upgrader(installation.tools(log), terminal::note);
      Upgrader.Plan plan = upgrader.plan(options.request(installation));
      if (json) {
        terminal.say(JsonText.of(plan.verdicts()));
      } else {
        StateVerdicts.say(plan, terminal);
      }
      if (!plan.isFine()) {
        throw new Refusal(
            "%s can't go on from its state with that jar"
                .formatted(plan.version().version().name()),
            "./kappa replay %s --jar FILE makes a new version of it from the log"
                .formatted(options.job()));
      }
    }
  }
}
