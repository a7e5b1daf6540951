package io.kappa.control.cli;

import io.kappa.control.version.RunProfile;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a candidate is run, on the command line. */
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
          "Where it keeps its state up to its fence: heap, or rocksdb where it doesn't fit (default: heap).")
  private StartCommand.StateBackend state;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  RunProfile replay() {
    return RunProfile.REPLAY.with(within("--parallelism", parallelism)).withState(state.flink());
  }

  RunProfile live() {
    return RunProfile.LIVE.with(within("--live-parallelism", liveParallelism));
  }

  OptionalLong rate(Optional<Long> rate) {
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
