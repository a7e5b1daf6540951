package io.kappa.common.job.run;

import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.log.Pin;
import io.kappa.common.log.Stretch;
import io.kappa.common.sink.LastChangePerKey;
import io.kappa.common.sink.LegPlan;
import io.kappa.common.sink.Run;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.sink.VersionPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * Runs a job of this jar on nothing, in a cluster within this process, to see what state its code
 * keeps. The graph is the one that a version has, operator by operator; just its ends read and
 * write nothing.
 *
 * <p>It is a program of its own, so that any release's jar can be asked.
 */
public final class BlankRun {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long BETWEEN_TRIES_MS = 50;
  private static final String BEGUN_LATER = "1 h";

  /** So many arguments come before the parameters. */
  private static final int FIXED = 3;

  private BlankRun() {}

  /**
   * Saves what a job of this jar keeps before it has read anything. Prints where the savepoint is;
   * or why there is none, and exits with 1.
   *
   * @param args the job, its max parallelism, the directory for the savepoint, and its parameters
   *     as {@code NAME=VALUE}
   */
  @SuppressWarnings("SystemOut") // It is a program.
  public static void main(String[] args) {
    try {
      Map<String, String> given = new HashMap<>();
      for (String parameter : List.of(args).subList(FIXED, args.length)) {
        int is = parameter.indexOf('=');
        given.put(parameter.substring(0, is), parameter.substring(is + 1));
      }
      JobDefinition job = JobCatalog.named(args[0]);
      System.out.println(save(job, given, Integer.parseInt(args[1]), args[2]));
      System.out.flush();
      System.exit(0);
    } catch (RuntimeException | LinkageError e) {
      e.printStackTrace(System.out);
      System.out.println(why(e).lines().collect(Collectors.joining(" ")));
      System.out.flush();
      System.exit(1);
    }
  }

  /**
   * Saves what a job keeps before it has read anything.
   *
   * @param given its parameters
   * @param into the directory in which a canonical savepoint is made
   * @return where the savepoint is
   * @throws IllegalArgumentException if the job can't be built or can't run; it says why
   */
  public static String save(
      JobDefinition job, Map<String, String> given, int maxParallelism, String into) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), BEGUN_LATER);
    try {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
      // However many subtasks there are, their state is of the same kind.
      env.setParallelism(1);
      build(env, job, given, maxParallelism, 1, new NoEnds());
      // What doesn't run at once won't later.
      env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
      return saved(env.executeAsync(job.name() + " on nothing"), into);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a job ran on nothing", e);
    } catch (Exception e) {
      throw new IllegalArgumentException(why(e), e);
    }
  }

  /**
   * Builds the graph that a version of the job would have, between other ends than a log and a
   * store.
   *
   * @param given the job's parameters
   * @param partitions how many partitions each of its topics has
   */
  public static void build(
      StreamExecutionEnvironment env,
      JobDefinition job,
      Map<String, String> given,
      int maxParallelism,
      int partitions,
      Ends ends) {
    new JobRunner(
            job,
            plan(job, given, maxParallelism, partitions),
            ends,
            new StoreAddress("jdbc:postgresql://nowhere/none", "nobody", "none"),
            LastChangePerKey.MOST_ROWS)
        .build(env);
  }

  private static VersionPlan plan(
      JobDefinition job, Map<String, String> given, int maxParallelism, int partitions) {
    Parameters parameters = Parameters.read(StandardParameters.with(job), given);
    Map<Integer, Long> start =
        IntStream.range(0, partitions).boxed().collect(Collectors.toMap(p -> p, p -> 0L));
    List<Pin> pins = new ArrayList<>();
    Map<String, Stretch> stretches = new HashMap<>();
    for (Input<?> input : job.inputs(parameters)) {
      String topic = input.topic().name();
      pins.add(new Pin(topic, "none", start));
      stretches.put(topic, new Stretch(start, Map.of()));
    }
    return new VersionPlan(
        new Run(job.name(), 0, 0, UUID.randomUUID()),
        "nowhere",
        given,
        pins,
        maxParallelism,
        new LegPlan(1, stretches, false),
        0);
  }

  private static String saved(JobClient client, String into) throws Exception {
    long last = System.nanoTime() + LONGEST.toNanos();
    try {
      while (true) {
        if (isOver(client.getJobStatus().get(LONGEST.toSeconds(), TimeUnit.SECONDS))) {
          client.getJobExecutionResult().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        try {
          return client
              .stopWithSavepoint(false, into, SavepointFormatType.CANONICAL)
              .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException notYet) {
          if (System.nanoTime() > last) {
            throw notYet;
          }
          Thread.sleep(BETWEEN_TRIES_MS);
        }
      }
    } finally {
      end(client);
    }
  }

  private static boolean isOver(JobStatus status) {
    return status.isGloballyTerminalState();
  }

  /** The cluster goes with the job. */
  private static void end(JobClient client) throws InterruptedException {
    try {
      client.cancel().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException over) {
      // It has ended, and its cluster with it.
      return;
    }
  }

  /** The cause that stands behind all others, which is the one that tells. */
  private static String why(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return ExceptionUtils.stripExecutionException(last).getMessage() == null
        ? last.toString()
        : last.getMessage();
  }
}
