package io.kappa.savepoints.golden;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.job.run.BlankRun;
import io.kappa.common.job.run.Ends;
import io.kappa.common.log.LogRecord;
import io.kappa.common.sink.LedgerSink;
import io.kappa.common.table.TableShape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** A job at work on a written log, from nothing or a savepoint, until it's stopped with another. */
final class GoldenRun {

  static final int MAX_PARALLELISM = 128;

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** The rows that it changed, and where the savepoint is. */
  record Result(Path savepoint, SortedMap<String, SortedMap<String, String>> rows) {}

  private final JobDefinition job;
  private final MiniCluster flink;
  private final String run = UUID.randomUUID().toString();

  GoldenRun(JobDefinition job, MiniCluster flink) {
    this.job = job;
    this.flink = flink;
  }

  /**
   * Runs it on all records of the log that it hasn't read yet.
   *
   * @param into where the savepoint goes
   */
  Result on(GoldenLog log, int parallelism, String backend, Optional<Path> from, Path into)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", backend);
    // All of it in one file.
    settings.setString("execution.checkpointing.data-inline-threshold", "1 mb");
    settings.setString("execution.checkpointing.interval", "1 h");
    from.ifPresent(
        path -> settings.setString("execution.state-recovery.path", path.toUri().toString()));
    StreamExecutionEnvironment env =
        new TestStreamEnvironment(flink, settings, parallelism, List.of(), List.of());
    env.configure(settings);
    TappedJob tapped = new TappedJob(job, run);
    BlankRun.build(
        env, tapped, Map.of(), MAX_PARALLELISM, GoldenLog.PARTITIONS, new WrittenEnds(log, run));
    env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    JobClient client = env.executeAsync();
    return new Result(saved(client, expected(log), into), tapped.rows());
  }

  private int expected(GoldenLog log) {
    Parameters parameters = Parameters.read(StandardParameters.with(job), Map.of());
    return job.inputs(parameters).stream()
        .map(Input::topic)
        .mapToInt(topic -> log.count(topic.name()))
        .sum();
  }

  private Path saved(JobClient client, int records, Path into) throws Exception {
    long last = System.nanoTime() + LONGEST.toNanos();
    while (GoldenSource.given(run) < records) {
      refuseIfOver(client);
      if (System.nanoTime() > last) {
        throw new AssertionError(
            "%d of %d records were read".formatted(GoldenSource.given(run), records));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    while (true) {
      refuseIfOver(client);
      try {
        return Path.of(
            URI.create(
                client
                    .stopWithSavepoint(
                        false, into.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(LONGEST.toSeconds(), TimeUnit.SECONDS)));
      } catch (ExecutionException notYet) {
        if (System.nanoTime() > last) {
          throw notYet;
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static void refuseIfOver(JobClient client) throws Exception {
    if (client.getJobStatus().get().isGloballyTerminalState()) {
      client.getJobExecutionResult().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("the job came to an end");
    }
  }

  /** A written log in front, nothing behind. */
  private record WrittenEnds(GoldenLog log, String run) implements Ends {

    @Override
    public <E extends Event> Source<LogRecord<E>, ?, ?> source(Topic<E> topic) {
      return new GoldenSource<>(topic, log.of(topic.name()), run);
    }

    @Override
    public LedgerSink sink(List<TableShape> tables) {
      return LedgerSink.nowhere();
    }
  }
}
