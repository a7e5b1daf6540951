package io.kappa.peers.flinksql;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** Settings of Flink; README.md says why they are what they are. */
final class Tuning {

  private Tuning() {}

  /**
   * All of them.
   *
   * @param directory for checkpoints, state and temporary files
   */
  static Configuration of(Path directory) {
    Configuration configuration = Configuration.fromMap(FIXED);
    configuration.setString(
        "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    configuration.setString("io.tmp.dirs", directory.resolve("tmp").toString());
    return configuration;
  }

  private static final Map<String, String> FIXED =
      Map.ofEntries(
          // Aggregation
          Map.entry("table.exec.mini-batch.enabled", "true"),
          Map.entry("table.exec.mini-batch.allow-latency", "2 s"),
          Map.entry("table.exec.mini-batch.size", "1000000"),
          Map.entry("table.optimizer.agg-phase-strategy", "TWO_PHASE"),
          Map.entry("table.optimizer.distinct-agg.split.enabled", "false"),
          Map.entry("pipeline.object-reuse", "true"),
          // State
          Map.entry("state.backend.type", "rocksdb"),
          Map.entry("state.backend.rocksdb.use-bloom-filter", "true"),
          Map.entry("execution.checkpointing.interval", "5 s"),
          Map.entry("execution.checkpointing.incremental", "true"),
          // Memory: the rest of the process is on the heap
          Map.entry("taskmanager.memory.managed.size", "512m"),
          Map.entry("taskmanager.memory.network.min", "64m"),
          Map.entry("taskmanager.memory.network.max", "64m"),
          // Failures
          Map.entry("restart-strategy.type", "fixed-delay"),
          Map.entry("restart-strategy.fixed-delay.attempts", "3"),
          Map.entry("restart-strategy.fixed-delay.delay", "1 s"));
}
