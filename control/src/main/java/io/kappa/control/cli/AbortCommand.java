package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.cutover.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa abort}. */
@Command(
    name = "abort",
    description = "End a job's candidate: it is stopped, and its tables go. Readers see no change.",
    footer = {"", "Example:", "  ./kappa abort activity-metrics"})
final class AbortCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  private final Installation installation;
  private final Terminal terminal;

  AbortCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Ending ending = installation.ending();
    Ending.Plan plan = ending.ofCandidate(job);
    if (dryRun) {
      terminal.say("would abort %s, stop it and drop its tables".formatted(plan.version()));
      return;
    }
    ending.mark(plan);
    terminal.say("aborted %s: it will be stopped and its tables dropped".formatted(plan.version()));
    new LastDrive(installation, terminal).accept(plan.version());
  }
}
