package io.kappa.control.replay;

import io.kappa.common.config.RunArguments;
import io.kappa.common.job.run.Main;
import io.kappa.common.log.KafkaAddress;
import io.kappa.common.sink.LastChangePerKey;
import io.kappa.common.sink.StoreAddress;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkRelay;
import io.kappa.control.flink.RestFlinkCluster;
import io.kappa.control.flink.Submission;
import io.kappa.control.flink.SubmissionRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;

/**
 * Flink in this JVM. It is asked as any other, over its REST interface; but jobs are handed in as
 * the objects they are, and checkpoint more often than they ask for.
 */
public final class MiniFlink extends FlinkRelay implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(150);

  private final HeldJobs jobs;
  private final Path checkpoints;
  private final MiniCluster flink;
  private final FlinkCluster rest;
  private final AtomicReference<Integer> batchRows =
      new AtomicReference<>(LastChangePerKey.MOST_ROWS);

  /**
   * @param more how it's configured besides
   */
  MiniFlink(HeldJobs jobs, Path checkpoints, Configuration more) throws Exception {
    this.jobs = jobs;
    this.checkpoints = checkpoints;
    Configuration shared = new Configuration(more);
    shared.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 5);
    shared.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
    // It doesn't close before somebody has asked for each outcome, or so long after.
    shared.set(RestOptions.ASYNC_OPERATION_STORE_DURATION, Duration.ofSeconds(1));
    this.flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(shared)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(16)
                .withRandomPorts()
                .build());
    flink.start();
    this.rest = new RestFlinkCluster(flink.getRestAddress().get());
  }

  /** Lets jobs that are handed in from now on stage what is more than that many rows. */
  public void stageBeyond(int rows) {
    batchRows.set(rows);
  }

  @Override
  public String submit(Submission submission) {
    RunArguments arguments = RunArguments.parse(submission.arguments().toArray(String[]::new));
    Configuration settings = settings(submission);
    TestStreamEnvironment env =
        new TestStreamEnvironment(
            flink, settings, arguments.parallelism().orElse(1), List.of(), List.of());
    env.configure(settings);
    try {
      return Main.launch(
              env,
              jobs.in(submission.jar()),
              arguments.version(),
              new KafkaAddress(arguments.kafka(), arguments.kafkaSettings()),
              new StoreAddress(
                  arguments.store(), arguments.storeUser(), arguments.storePasswordFile()),
              batchRows.get(),
              arguments.follows())
          .getJobID()
          .toHexString();
    } catch (Exception e) {
      // The REST interface answers so, whatever main threw.
      throw new SubmissionRefused("Flink refuses: " + e.getMessage(), "mend that", e);
    }
  }

  private Configuration settings(Submission submission) {
    Configuration settings = Configuration.fromMap(submission.configuration());
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, INTERVAL);
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(50));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMillis(400));
    submission
        .restoreFrom()
        .ifPresent(path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
    return settings;
  }

  @Override
  protected FlinkCluster flink() {
    return rest;
  }

  @Override
  public void close() throws Exception {
    try {
      flink.close();
    } catch (FlinkException e) {
      // A stop whose outcome nobody asked for keeps Flink waiting for somebody who does.
      if (ExceptionUtils.findThrowable(e, TimeoutException.class).isEmpty()) {
        throw e;
      }
    }
  }
}
