package io.kappa.local.flink;

import java.nio.file.Path;
import java.util.List;

/** Flink's own command line front end ({@code flink run}, {@code list}, {@code stop}, ...). */
@SuppressWarnings("DoNotCallSuggester")
public final class FlinkFrontEnd {

  private final Path lib;
  private final Path conf;

  /**
   * @param lib Flink's jars
   * @param conf the directory with the {@code config.yaml} that names the cluster
   */
  public FlinkFrontEnd(Path lib, Path conf) {
    this.lib = lib;
    this.conf = conf;
  }

  /**
   * What a run of the front end came to.
   *
   * @param exitCode 0 if it was done
   * @param output both of its streams
   */
  public record Result(int exitCode, String output) {}

  /** Runs the front end with these arguments, as in {@code flink run -d job.jar}. */
  public Result run(List<String> arguments) {
    throw new UnsupportedOperationException(lib + " " + conf + arguments);
  }

  /** Runs the front end with these arguments. */
  public Result run(String... arguments) {
    return run(List.of(arguments));
  }
}
