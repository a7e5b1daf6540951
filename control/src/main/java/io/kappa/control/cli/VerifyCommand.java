package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Replay;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Read at most so many records a second; 0: no limit.")
  private Optional<Long> rate = Optional.empty();

  @Option(names = "--accept-truncated-log", description = "Go on although the log's head is gone.")
  private boolean truncatedIsFine;

  @Mixin private ReplayOptions options;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = WaitCommand.Span.class,
      description = "How long at most: 30s, 10m, 2h (default: 24h).")
  private Duration timeout;

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
      CandidateRequest request =
          new CandidateRequest(
              job,
              Path.of(""),
              Map.of(),
              truncatedIsFine,
              false,
              options.rate(rate),
              options.replay(),
              options.live());
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
      new CandidateWait(installation, terminal, tools, log).await(name, timeout);
    }
  }
}
