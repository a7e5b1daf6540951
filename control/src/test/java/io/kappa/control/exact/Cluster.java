package io.kappa.control.exact;

import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.run.Main;
import io.kappa.common.log.KafkaAddress;
import io.kappa.common.sink.StoreAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** Flink in this JVM, with checkpoints in a directory of the test's. */
final class Cluster implements AutoCloseable {

  private final MiniCluster flink;
  private final Path checkpoints;
  private Optional<Duration> rareInterval = Optional.empty();

  Cluster(Path directory) throws Exception {
    this.checkpoints = directory.resolve("checkpoints");
    Configuration shared = new Configuration();
    shared.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 50);
    this.flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(shared)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(8)
                .withRandomPorts()
                .build());
    flink.start();
  }

  /**
   * How often there are checkpoints of jobs from now on while their sources say that it's enough.
   */
  void rarely(Duration interval) {
    rareInterval = Optional.of(interval);
  }

  JobID launch(
      JobDefinition job,
      KafkaAddress kafka,
      StoreAddress store,
      int parallelism,
      String backend,
      Optional<Path> from,
      int batchRows)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(150));
    rareInterval.ifPresent(
        rare -> settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, rare));
    settings.set(StateBackendOptions.STATE_BACKEND, backend);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(50));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMillis(400));
    from.ifPresent(
        path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
    TestStreamEnvironment env =
        new TestStreamEnvironment(flink, settings, parallelism, List.of(), List.of());
    env.configure(settings);
    JobClient client = Main.launch(env, job, 1, kafka, store, batchRows);
    return client.getJobID();
  }

  JobStatus status(JobID job) throws ExecutionException, InterruptedException {
    return flink.getJobStatus(job).get();
  }

  /** Why a job failed for good, as text. */
  String cause(JobID job) throws ExecutionException, InterruptedException {
    return Optional.ofNullable(flink.getExecutionGraph(job).get().getFailureInfo())
        .map(ErrorInfo::getExceptionAsString)
        .orElse("nothing failed");
  }

  /** How often the tasks of a job were started again: the highest attempt of any. */
  long restarts(JobID job) throws ExecutionException, InterruptedException {
    long highest = 0;
    for (AccessExecutionVertex vertex :
        flink.getExecutionGraph(job).get().getAllExecutionVertices()) {
      highest = Math.max(highest, vertex.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return highest;
  }

  void cancel(JobID job) throws ExecutionException, InterruptedException {
    flink.cancelJob(job).get();
  }

  /** Stops a job with a savepoint that any state backend can read, and says where it is. */
  Path stopWithSavepoint(JobID job) throws ExecutionException, InterruptedException {
    String target = checkpoints.resolve("savepoints").toUri().toString();
    String made = flink.stopWithSavepoint(job, target, false, SavepointFormatType.CANONICAL).get();
    return Path.of(URI.create(made));
  }

  /** The newest checkpoint of a job that is whole. */
  Optional<Path> newestCheckpoint(JobID job) throws IOException {
    Path directory = checkpoints.resolve(job.toHexString());
    if (Files.notExists(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingLong(Cluster::number));
    }
  }

  static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
