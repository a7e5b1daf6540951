package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Intent.Way;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa rollback}. */
@Command(
    name = "rollback",
    description = "Let a job's readers see the version before again: all tables at once.",
    footer = {
      "",
      "The version that they saw is READY again: ./kappa cutover goes back to it.",
      "",
      "Example:",
      "  ./kappa rollback activity-metrics"
    })
final class RollbackCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = WaitCommand.Span.class,
      description = "How long to wait until no reader would go back in the log (default: 30s).")
  private Duration timeout;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private final Installation installation;
  private final SwitchReport report;

  RollbackCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.report = new SwitchReport(terminal);
  }

  @Override
  public void run() {
    report.run(
        installation.switchOf(),
        new SwitchReport.Wanted(job, Way.ROLL_BACK, Optional.empty(), timeout),
        dryRun,
        json);
  }
}
