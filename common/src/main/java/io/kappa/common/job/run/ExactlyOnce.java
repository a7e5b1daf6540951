package io.kappa.common.job.run;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The settings on which the promises rest. They aren't an operator's to change. */
final class ExactlyOnce {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  private ExactlyOnce() {}

  static void settings(StreamExecutionEnvironment env, int maxParallelism) {
    Configuration settings = new Configuration();
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // A barrier that overtakes rows would put them and the frontier into different checkpoints.
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, DEFAULT_INTERVAL);
    }
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // A store or broker that is away comes back; what can't come back ends the run by itself.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    env.configure(settings);
    env.setMaxParallelism(maxParallelism);
  }
}
