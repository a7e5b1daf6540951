package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.upgrade.UpgradeRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is to change of a job's live version, as it is said on the command line. */
final class UpgradeOptions {

  private static final int MOST_PARALLELISM = 1 << 15;

  @Parameters(paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description =
          "The jar to go on with (default: the one that make build makes; with --parallelism alone, the one that it has).")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many subtasks it is to have (default: as many as it has).")
  private Optional<Integer> parallelism = Optional.empty();

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  Identifier job() {
    return job;
  }

  boolean sayNothing() {
    return jar.isEmpty() && parallelism.isEmpty();
  }

  UpgradeRequest request(Installation installation) {
    if (parallelism.isPresent()
        && (parallelism.get() < 1 || parallelism.get() > MOST_PARALLELISM)) {
      throw new ParameterException(
          spec.commandLine(),
          "--parallelism=%d: allowed is 1 to %d".formatted(parallelism.get(), MOST_PARALLELISM));
    }
    Optional<Path> wanted =
        jar.isEmpty() && parallelism.isPresent()
            ? Optional.empty()
            : Optional.of(installation.jar(jar));
    return UpgradeRequest.of(
        job, wanted, parallelism.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }
}
