package io.kappa.local.flink;

import io.kappa.local.StackConfig;
import io.kappa.local.StackException;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A main class of some jars, run together with Flink's in a JVM of its own, to its end. */
public final class FlinkProgram {

  private static final int HEAP_MB = 512;

  private final StackConfig config;

  public FlinkProgram(StackConfig config) {
    this.config = config;
  }

  /**
   * What a run came to.
   *
   * @param exitCode 0 if it was done
   * @param output both of its streams
   */
  public record Result(int exitCode, String output) {

    /** The last line that it printed; the empty text if there is none. */
    public String lastLine() {
      return output.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
    }
  }

  /**
   * Runs it.
   *
   * @throws StackException if it can't be run at all
   */
  public Result run(List<Path> jars, String main, List<String> arguments) {
    Path conf = config.home().resolve("flink-conf");
    JavaProcess java =
        new JavaProcess(config.dist().resolve("lib/flink"), main, arguments)
            .jars(jars)
            .heap(HEAP_MB)
            .options(FlinkSettings.read(conf, List.of("config.yaml")).javaOptions())
            .log4j(
                conf.resolve("log4j-cli.properties"),
                config.data().resolve("logs/flink-program.log"));
    return run(java, Map.of());
  }

  static Result run(JavaProcess java, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(java.command()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new StackException(
          "Flink can't be run (%s)".formatted(e.getMessage()),
          "build the distribution with 'make build'",
          e);
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }
}
