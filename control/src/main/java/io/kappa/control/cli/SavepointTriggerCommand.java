package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.StopRequest;
import io.kappa.control.replay.Replay;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.VersionName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa savepoint trigger}. */
@Command(
    name = "trigger",
    description = "Make a savepoint of a job's live version, which runs on meanwhile.",
    footer = {
      "",
      "It is canonical: any state backend can read it. It is yours: nothing goes on from it by itself.",
      "",
      "Example:",
      "  ./kappa savepoint trigger activity-metrics"
    })
final class SavepointTriggerCommand implements Runnable {

  private static final long BETWEEN_LOOKS_MS = 200;

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = WaitCommand.Span.class,
      description = "How long to wait for it (default: 2m).")
  private Duration timeout;

  private final Installation installation;
  private final Terminal terminal;

  SavepointTriggerCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Entry live = Replay.live(installation.versions().snapshot(), job);
    VersionName name = live.version().name();
    FlinkCluster flink = installation.flink();
    FlinkJob running =
        flink
            .job(name.runName())
            .filter(each -> each.state() == EngineState.RUNNING)
            .orElseThrow(
                () ->
                    new Refusal(
                        "%s doesn't run".formatted(name),
                        "./kappa start %s starts it again".formatted(job)));
    String request = UUID.randomUUID().toString().replace("-", "");
    flink.triggerSavepoint(running.id(), installation.savepoints().aside(name), request);
    terminal.say(Path.of(URI.create(await(flink, running, request))).toString());
  }

  private String await(FlinkCluster flink, FlinkJob running, String request) {
    long end = System.nanoTime() + timeout.toNanos();
    try (CtrlC ctrlC = new CtrlC()) {
      while (!ctrlC.isPressed() && System.nanoTime() < end) {
        StopRequest answer = flink.stopRequest(running.id(), request);
        if (answer.state() == StopRequest.State.DONE) {
          return answer.savepoint().orElseThrow();
        }
        if (answer.state() == StopRequest.State.FAILED) {
          throw new Refusal(
              "Flink couldn't make the savepoint",
              "see why at %s; then give the command again"
                  .formatted(installation.endpoints().flinkRest()));
        }
        ctrlC.rest(BETWEEN_LOOKS_MS);
      }
    }
    throw new Refusal(
        "There is no savepoint after %d s".formatted(timeout.toSeconds()),
        "./kappa savepoint list shows it when it is made");
  }
}
