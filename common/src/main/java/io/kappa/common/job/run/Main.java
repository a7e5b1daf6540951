package io.kappa.common.job.run;

import io.kappa.common.config.RunArguments;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.log.KafkaAddress;
import io.kappa.common.sink.LastChangePerKey;
import io.kappa.common.sink.RunRegistration;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.sink.VersionPlan;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main class of every jobs jar: {@code flink run kappa-jobs.jar JOB --version N …}. */
public final class Main {

  private Main() {}

  /**
   * Runs one version of one job, whose parameters and pinned start the catalogue holds.
   *
   * @throws IllegalArgumentException if the arguments or the version won't do; it says why
   */
  public static void main(String[] args) throws Exception {
    RunArguments arguments = RunArguments.parse(args);
    JobDefinition job = JobCatalog.named(arguments.job());
    KafkaAddress kafka = new KafkaAddress(arguments.kafka(), arguments.kafkaSettings());
    StoreAddress store =
        new StoreAddress(arguments.store(), arguments.storeUser(), arguments.storePasswordFile());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    arguments.parallelism().ifPresent(env::setParallelism);
    int batchRows = arguments.batchRows().orElse(LastChangePerKey.MOST_ROWS);
    launch(env, job, arguments.version(), kafka, store, batchRows, arguments.follows());
  }

  /** Registers a run of the version and submits it; returns as soon as it is submitted. */
  public static JobClient launch(
      StreamExecutionEnvironment env,
      JobDefinition job,
      int version,
      KafkaAddress kafka,
      StoreAddress store,
      int batchRows)
      throws Exception {
    return launch(env, job, version, kafka, store, batchRows, Optional.empty());
  }

  /**
   * Registers a run of the version and submits it; returns as soon as it is submitted.
   *
   * @param follows the link that the ledger has to be at; empty: whichever
   * @throws IllegalArgumentException if the ledger is at another, or the version can't be run so
   */
  public static JobClient launch(
      StreamExecutionEnvironment env,
      JobDefinition job,
      int version,
      KafkaAddress kafka,
      StoreAddress store,
      int batchRows,
      Optional<String> follows)
      throws Exception {
    RunRegistration registration = new RunRegistration(store);
    boolean restored =
        env.getConfiguration().getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
    VersionPlan plan = registration.register(job.name(), version, restored, follows);
    new JobRunner(job, plan, new LogAndStore(plan, kafka, store), store, batchRows).build(env);
    String name =
        env.getConfiguration()
            .getOptional(PipelineOptions.NAME)
            .orElse("%s-v%d".formatted(job.name(), version));
    env.configure(
        new Configuration()
            .set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, plan.run().flinkJobId()));
    return env.executeAsync(name);
  }
}
