package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Intent.Way;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is said of a switch on the command line, whichever way it goes. */
final class SwitchOptions {

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

  /** Switches the job's readers, and prints what came of it. */
  void run(Way way, Optional<String> accepted, Installation installation, Terminal terminal) {
    new SwitchReport(terminal)
        .run(
            installation.switchOf(),
            new SwitchReport.Wanted(job, way, accepted, timeout),
            dryRun,
            json);
  }
}
