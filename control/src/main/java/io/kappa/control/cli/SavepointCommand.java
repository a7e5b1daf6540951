package io.kappa.control.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kappa savepoint}. */
@Command(
    name = "savepoint",
    synopsisSubcommandLabel = "COMMAND",
    description = "Say which savepoints there are, what is in one, and who can go on from it.",
    footer = {
      "",
      "Examples:",
      "  ./kappa savepoint list activity-metrics",
      "  ./kappa savepoint check activity-metrics --jar jobs/target/kappa-jobs.jar",
      "  ./kappa savepoint inspect .kappa/flink/checkpoints/0123456789abcdef0123456789abcdef/chk-12"
    })
final class SavepointCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** The command with its own commands. */
  static CommandLine with(Installation installation, Terminal terminal) {
    return new CommandLine(new SavepointCommand())
        .addSubcommand("list", new SavepointListCommand(installation, terminal))
        .addSubcommand("inspect", new SavepointInspectCommand(installation, terminal))
        .addSubcommand("check", new SavepointCheckCommand(installation, terminal))
        .addSubcommand("trigger", new SavepointTriggerCommand(installation, terminal))
        .addSubcommand("dispose", new SavepointDisposeCommand(installation, terminal));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
