package io.kappa.local.flink;

import io.kappa.local.StackConfig;
import io.kappa.local.StackException;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * @param answer what it printed
   * @param errors what it printed beside that, as errors; Flink's own threads may while they end,
   *     although all is well
   */
  public record Result(int exitCode, String answer, String errors) {

    /** Both of its streams. */
    public String output() {
      return answer + errors;
    }

    /** The last line of the answer, or of the errors if there is none; else the empty text. */
    public String lastLine() {
      return last(answer).or(() -> last(errors)).orElse("");
    }

    private static Optional<String> last(String text) {
      return text.lines().filter(line -> !line.isBlank()).reduce((before, line) -> line);
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
    ProcessBuilder builder = new ProcessBuilder(java.command());
    builder.environment().putAll(environment);
    try {
      Path errors = Files.createTempFile("kappa-program", ".err");
      try {
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        return new Result(
            exitCode, answer, new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
      } finally {
        Files.delete(errors);
      }
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
