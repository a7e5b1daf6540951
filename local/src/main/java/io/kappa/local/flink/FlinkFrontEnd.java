package io.kappa.local.flink;

import io.kappa.local.StackConfig;
import io.kappa.local.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
   * Runs the front end to its end with these arguments, as in {@code flink run -d job.jar}.
   *
   * @throws StackException if it can't be run at all
   */
  public FlinkProgram.Result run(List<String> arguments) {
    JavaProcess java =
        new JavaProcess(
                config.dist().resolve("lib/flink"),
                "org.apache.flink.client.cli.CliFrontend",
                arguments)
            .heap(HEAP_MB)
            .options(FlinkSettings.read(conf, List.of("config.yaml")).javaOptions())
            .log4j(
                config.home().resolve("flink-conf/log4j-cli.properties"),
                config.data().resolve("logs/flink-client.log"));
    return FlinkProgram.run(java, Map.of("FLINK_CONF_DIR", conf.toString()));
  }

  /** As {@link #run(List)}. */
  public FlinkProgram.Result run(String... arguments) {
    return run(List.of(arguments));
  }
}
