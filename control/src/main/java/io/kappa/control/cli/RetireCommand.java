package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Ending;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kappa retire}. */
@Command(
    name = "retire",
    description = "End a version that stands by: it is stopped, and its tables go after a time.",
    footer = {
      "",
      "From then on readers can't go back to it; a replay makes a new version.",
      "",
      "Example:",
      "  ./kappa retire activity-metrics --version 1 --grace 24h"
    })
final class RetireCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--version",
      required = true,
      paramLabel = "N",
      description = "The version's number; ./kappa status shows them.")
  private int number;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = WaitCommand.Span.class,
      description = "How long its tables stay: 30s, 10m, 48h (default: 24h).")
  private Duration grace;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  private final Installation installation;
  private final Terminal terminal;

  RetireCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (number < 1) {
      throw new ParameterException(
          spec.commandLine(), "--version=%d: allowed is 1 or more".formatted(number));
    }
    Ending ending = installation.ending();
    Ending.Plan plan = ending.ofFormer(new VersionName(job, number), grace);
    if (plan.done()) {
      terminal.say("%s is RETIRED already".formatted(plan.version()));
    } else if (dryRun) {
      terminal.say(
          "would retire %s, stop it, and drop its tables after %s"
              .formatted(plan.version(), text(grace)));
      return;
    } else {
      ending.mark(plan);
      terminal.say(
          "retired %s: it will be stopped, and its tables dropped after %s"
              .formatted(plan.version(), text(grace)));
    }
    if (!dryRun) {
      new LastDrive(installation, terminal).accept(plan.version());
    }
  }

  private static String text(Duration time) {
    if (time.toSeconds() % 3_600 == 0) {
      return time.toHours() + " h";
    }
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
