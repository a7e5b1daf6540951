package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.replay.History;
import io.kappa.control.replay.Launch;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.version.RunProfile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kappa start}. */
@Command(
    name = "start",
    description = "Start a job: pin the log, make its first version with tables and views, run it.",
    footer = {
      "",
      "Given again, it does what is left to do: whatever version should run and doesn't is handed in again.",
      "",
      "Example:",
      "  ./kappa start activity-metrics --set min-watch=10s"
    })
final class StartCommand implements Runnable {

  private static final int MOST_PARALLELISM = 1 << 15;

  /** Where a version keeps its state. */
  enum StateBackend {
    ROCKSDB("rocksdb"),
    HEAP("hashmap");

    private final String flink;

    StateBackend(String flink) {
      this.flink = flink;
    }

    /** As Flink calls it. */
    String flink() {
      return flink;
    }
  }

  @Parameters(paramLabel = "JOB", description = "The job; ./kappa jobs says which there are.")
  private Identifier job;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the version; may be given more than once.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar with the job (default: the one that make build makes).")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--accept-truncated-log",
      description = "Go on although the log's head is gone; the version is marked for ever.")
  private boolean truncatedIsFine;

  @Option(
      names = "--no-submit",
      description = "Do all but hand it in, and print the flink command that does.")
  private boolean noSubmit;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--parallelism", paramLabel = "N", description = "How many subtasks it has.")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--max-parallelism",
      paramLabel = "N",
      description = "The most subtasks it can ever have (default: 128); part of the version.")
  private Optional<Integer> maxParallelism = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "KIND",
      description = "Where it keeps its state: rocksdb or heap (default: rocksdb).")
  private Optional<StateBackend> state = Optional.empty();

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      description = "How often it commits: 500ms, 1s, 1m (default: 1s).")
  private Optional<String> interval = Optional.empty();

  @Option(
      names = "--history",
      paramLabel = "HOW",
      description =
          "How it reads what the log holds already: replay (memory, rare commits, up to the log's end),"
              + " live (with state as it keeps it later), or auto: replay if it's more than a million records (default: auto).")
  private History history = History.AUTO;

  @Spec private CommandSpec spec;

  private final Installation installation;
  private final Terminal terminal;

  StartCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    LaunchRequest request = request();
    if (!dryRun) {
      new Migration(installation.owner()).run();
    }
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Launch launch =
          new Launch(installation.tools(log), installation.jar(jar), request, terminal::say);
      if (dryRun) {
        launch.dryRun();
        return;
      }
      if (noSubmit) {
        terminal.say(launch.prepareOnly().commandLine());
        return;
      }
      launch.run();
    }
    terminal.say("./kappa wait %s waits until it has read all there is".formatted(job));
  }

  private LaunchRequest request() {
    return new LaunchRequest(
        job,
        given,
        truncatedIsFine,
        within("--max-parallelism", maxParallelism),
        profile(),
        // Who hands it in by hand may have no driver.
        noSubmit && history == History.AUTO ? History.LIVE : history);
  }

  /** As it was, or as shipped, if none of its options was given. */
  private Optional<RunProfile> profile() {
    if (interval.isPresent() && !interval.get().matches("[1-9]\\d{0,6}(ms|s|m)")) {
      throw new ParameterException(
          spec.commandLine(),
          "--checkpoint-interval=%s: allowed is a number with ms, s or m behind it, such as 1s"
              .formatted(interval.get()));
    }
    if (parallelism.isEmpty() && state.isEmpty() && interval.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunProfile(
            within("--parallelism", parallelism),
            state.orElse(StateBackend.ROCKSDB).flink,
            interval.orElse(RunProfile.LIVE.checkpointInterval())));
  }

  private OptionalInt within(String option, Optional<Integer> value) {
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get() < 1 || value.get() > MOST_PARALLELISM) {
      throw new ParameterException(
          spec.commandLine(),
          "%s=%d: allowed is 1 to %d".formatted(option, value.get(), MOST_PARALLELISM));
    }
    return OptionalInt.of(value.get());
  }
}
