package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Replay;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa verify}. */
@Command(
    name = "verify",
    description = "Replay the live version's own jar and parameters, and demand the same rows.",
    footer = {
      "",
      "Exit code 0: what is served is what the log says. Readers notice nothing.",
      "",
      "Example:",
      "  ./kappa verify activity-metrics"
    })
final class VerifyCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Mixin private ReplayOptions options;

  @Option(names = "--dry-run", description = "Say what would be read, and do nothing.")
  private boolean dryRun;

  private final Installation installation;
  private final Terminal terminal;

  VerifyCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    new Migration(installation.owner()).run();
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Tools tools = installation.tools(log);
      Replay replay = new Replay(tools, terminal::say);
      CandidateRequest request = options.request(job, Path.of(""), Map.of(), false);
      if (dryRun) {
        Replay.Plan plan = replay.planOfVerification(request);
        terminal.say(
            "would replay %s with %s from %s: %,d records up to its frontier"
                .formatted(
                    plan.live().version().name(),
                    plan.version().parameters(),
                    plan.version().jar(),
                    plan.version().start().recordsTo(plan.live().ledger().frontier())));
        return;
      }
      VersionName name = replay.verify(request);
      new CandidateWait(installation, terminal, tools, log).await(name, options.timeout());
    }
  }
}
