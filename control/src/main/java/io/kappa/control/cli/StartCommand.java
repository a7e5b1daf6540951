package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.Migration;
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
    description = "Start a job's first version: pin the log, make its tables and views, run it.",
    footer = {
      "",
      "Given again, it does what is left to do; if the version runs, it says so.",
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
      defaultValue = "rocksdb",
      description = "Where it keeps its state: rocksdb or heap (default: rocksdb).")
  private StateBackend state;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "How often it commits: 500ms, 1s, 1m (default: 1s).")
  private String interval;

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
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Launch launch =
          new Launch(installation.tools(log), installation.jar(jar), request, terminal::say);
      if (dryRun) {
        launch.dryRun();
        return;
      }
      new Migration(installation.owner()).run();
      if (noSubmit) {
        terminal.say(launch.prepareOnly().commandLine());
        return;
      }
      launch.run();
    }
    terminal.say("./kappa wait %s waits until it has read all there is".formatted(job));
  }

  private LaunchRequest request() {
    if (!interval.matches("[1-9]\\d{0,6}(ms|s|m)")) {
      throw new ParameterException(
          spec.commandLine(),
          "--checkpoint-interval=%s: allowed is a number with ms, s or m behind it, such as 1s"
              .formatted(interval));
    }
    return new LaunchRequest(
        job,
        given,
        truncatedIsFine,
        within("--max-parallelism", maxParallelism),
        new RunProfile(within("--parallelism", parallelism), state.flink, interval));
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
