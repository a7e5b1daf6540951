package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.Replay;
import io.kappa.control.replay.Tools;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa replay}. */
@Command(
    name = "replay",
    description =
        "Replay the log from its start into a new version, beside the live one, and compare both.",
    footer = {
      "",
      "Readers see the live version until ./kappa cutover. Given again, it goes on with the",
      "candidate that is there; --rate and --to-fence-only are then as given now. Parameters that",
      "aren't given stay as the live version has them.",
      "",
      "Example:",
      "  ./kappa replay activity-metrics --set min-watch=10s --wait"
    })
final class ReplayCommand implements Runnable {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar with the new code (default: the one that make build makes).")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the new version; may be given more than once.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--to-fence-only",
      description = "Stay at the fence, compared; without it, given again, the candidate goes on.")
  private boolean toFenceOnly;

  @Mixin private ReplayOptions options;

  @Option(names = "--wait", description = "Drive it until it's READY (or at its fence).")
  private boolean wait;

  @Option(names = "--dry-run", description = "Print the plan, and do nothing.")
  private boolean dryRun;

  private final Installation installation;
  private final Terminal terminal;

  ReplayCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    new Migration(installation.owner()).run();
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Tools tools = installation.tools(log);
      Replay replay = new Replay(tools, terminal::say);
      CandidateRequest request = options.request(job, installation.jar(jar), given, toFenceOnly);
      if (dryRun) {
        print(replay.plan(request), log);
        return;
      }
      VersionName name = replay.create(request);
      if (wait) {
        new CandidateWait(installation, terminal, tools, log).await(name, options.timeout());
      } else {
        terminal.say(
            DriverProcess.supervisor(installation).running().isPresent()
                ? "it goes on in the background; ./kappa wait %s follows it".formatted(job)
                : "nobody drives it on: ./kappa wait %s does, or ./kappa up starts a driver"
                    .formatted(job));
      }
    }
  }

  private void print(Replay.Plan plan, LogAdmin log) {
    plan.log().warnings().forEach(warning -> terminal.say("note: " + warning));
    VersionName name = plan.version().name();
    terminal.say("would make     %s with %s".formatted(name, plan.version().parameters()));
    terminal.say("jar            %s".formatted(plan.version().jar()));
    terminal.say(
        "beside         %s (%s), %s"
            .formatted(
                plan.live().version().name(),
                plan.live().version().phase(),
                plan.live().version().parameters()));
    terminal.say(
        "fence          %s's frontier at that moment; now %s"
            .formatted(plan.live().version().name(), plan.live().ledger().frontier().offsets()));
    terminal.say(
        "to read        %,d records, about %,d MB on the broker"
            .formatted(
                plan.version().start().recordsTo(plan.live().ledger().frontier()),
                log.bytes(plan.version().topicIds().keySet()) / 1_000_000));
    terminal.say(
        "tables         %s.%s"
            .formatted(
                name.schema(),
                String.join(", ", plan.job().tables().stream().map(TableShape::name).toList())));
    terminal.say(
        "copy           of v%d's tables at the fence, in schema %s"
            .formatted(plan.live().version().name().number(), name.baselineSchema()));
    terminal.say("Nothing refuses it.");
  }
}
