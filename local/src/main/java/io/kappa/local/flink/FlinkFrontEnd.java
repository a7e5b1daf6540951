package io.kappa.local.flink;

import io.kappa.local.StackConfig;
import io.kappa.local.StackException;
import io.kappa.local.process.JavaProcess;
import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Flink's own command line front end ({@code flink run}, {@code list}, {@code stop}, ...). */
public final class FlinkFrontEnd {

  private static final int HEAP_MB = 256;

  private final StackConfig config;
  private final Path conf;

  /**
   * @param config the stack whose cluster it talks to; it must have been up once
   */
  public FlinkFrontEnd(StackConfig config) {
    this.config = config;
    this.conf = config.data().resolve("flink/conf");
  }

  /**
   * What a run of the front end came to.
   *
   * @param exitCode 0 if it was done
   * @param output both of its streams
   */
  public record Result(int exitCode, String output) {}

  /**
   * Runs the front end to its end with these arguments, as in {@code flink run -d job.jar}.
   *
   * @throws StackException if it can't be run at all
   */
  public Result run(List<String> arguments) {
    List<String> command =
        new JavaProcess(
                config.dist().resolve("lib/flink"),
                "org.apache.flink.client.cli.CliFrontend",
                arguments)
            .heap(HEAP_MB)
            .options(FlinkSettings.read(conf, List.of("config.yaml")).javaOptions())
            .log4j(
                config.home().resolve("flink-conf/log4j-cli.properties"),
                config.data().resolve("logs/flink-client.log"))
            .command();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new StackException(
          "Flink's front end can't be run (%s)".formatted(e.getMessage()),
          "build the distribution with 'make build'",
          e);
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  /** As {@link #run(List)}. */
  public Result run(String... arguments) {
    return run(List.of(arguments));
  }
}
