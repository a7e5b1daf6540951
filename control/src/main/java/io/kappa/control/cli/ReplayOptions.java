package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.version.RunProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a candidate is run and waited for, on the command line. */
final class ReplayOptions {

  private static final int MOST_PARALLELISM = 1 << 15;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many subtasks it has up to its fence.")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--live-parallelism",
      paramLabel = "N",
      description = "How many subtasks it has from the last fence on.")
  private Optional<Integer> liveParallelism = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "KIND",
      defaultValue = "heap",
      description =
          "Where it keeps its state up to its fence: heap as long as it fits, or rocksdb"
              + " (default: heap).")
  private StartCommand.StateBackend state;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Read at most so many records a second up to the fence; 0: no limit.")
  private Optional<Long> rate = Optional.empty();

  @Option(
      names = "--accept-truncated-log",
      description = "Go on although the log's head is gone; the version is marked for ever.")
  private boolean truncatedIsFine;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = WaitCommand.Span.class,
      description = "How long to wait for it at most: 30s, 10m, 2h (default: 24h).")
  private Duration timeout;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** A candidate of the job with this jar and these parameters, to be run as the options say. */
  CandidateRequest request(
      Identifier job, Path jar, Map<String, String> given, boolean toFenceOnly) {
    return new CandidateRequest(
        job,
        jar,
        given,
        truncatedIsFine,
        toFenceOnly,
        checkedRate(),
        RunProfile.REPLAY.with(within("--parallelism", parallelism)).withState(state.flink()),
        RunProfile.LIVE.with(within("--live-parallelism", liveParallelism)));
  }

  Duration timeout() {
    return timeout;
  }

  private OptionalLong checkedRate() {
    if (rate.isPresent() && rate.get() < 0) {
      throw new ParameterException(
          spec.commandLine(), "--rate=%d: allowed is 0 or more".formatted(rate.get()));
    }
    return rate.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private OptionalInt within(String option, Optional<Integer> value) {
    if (value.isPresent() && (value.get() < 1 || value.get() > MOST_PARALLELISM)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s=%d: allowed is 1 to %d".formatted(option, value.get(), MOST_PARALLELISM));
    }
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
