package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Intent.Way;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kappa cutover}. */
@Command(
    name = "cutover",
    description = "Let a job's readers see the candidate: all tables at once, nobody waits.",
    footer = {
      "",
      "The version that they saw stands by; ./kappa rollback goes back to it.",
      "",
      "Example:",
      "  ./kappa cutover activity-metrics --accept 'return quantities were wrong before'"
    })
final class CutoverCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--accept",
      paramLabel = "REASON",
      description = "Cut over although the comparison doesn't allow it; the reason is noted.")
  private Optional<String> accepted = Optional.empty();

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

  @Spec private CommandSpec spec;

  private final SwitchReport report;
  private final Installation installation;

  CutoverCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.report = new SwitchReport(terminal);
  }

  @Override
  public void run() {
    if (accepted.filter(String::isBlank).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--accept='%s': a reason is wanted".formatted(accepted.get()));
    }
    report.run(
        installation.switchOf(),
        new SwitchReport.Wanted(job, Way.CUT_OVER, accepted, timeout),
        dryRun,
        json);
  }
}
