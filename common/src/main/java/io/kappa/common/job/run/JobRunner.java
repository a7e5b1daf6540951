package io.kappa.common.job.run;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.job.Streams;
import io.kappa.common.log.EventTimeRule;
import io.kappa.common.log.Intake;
import io.kappa.common.log.LogRecord;
import io.kappa.common.log.Pin;
import io.kappa.common.log.PinnedSource;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.sink.Chunk;
import io.kappa.common.sink.LastChangePerKey;
import io.kappa.common.sink.ProgressJson;
import io.kappa.common.sink.Staging;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.sink.VersionPlan;
import io.kappa.common.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Binds a job to its ends: each input to a pinned source and its intake, each table to what keeps
 * the last change per key, and all of it to the one ledger sink.
 */
public final class JobRunner {

  /** How many quarantined records a subtask keeps in memory; each holds up to a KiB of bytes. */
  private static final int MOST_QUARANTINED = 20_000;

  private final JobDefinition job;
  private final VersionPlan plan;
  private final Ends ends;
  private final StoreAddress store;
  private final int batchRows;

  /**
   * @param store where rows wait that are too many to wait in memory
   * @param batchRows how many changed rows of a table a subtask keeps between two checkpoints
   */
  JobRunner(JobDefinition job, VersionPlan plan, Ends ends, StoreAddress store, int batchRows) {
    this.job = job;
    this.plan = plan;
    this.ends = ends;
    this.store = store;
    this.batchRows = batchRows;
  }

  /** Builds the version's job graph in an environment; nothing runs yet. */
  public void build(StreamExecutionEnvironment env) {
    ExactlyOnce.settings(env, plan.maxParallelism());
    RarelyCompacted.unlessSomebodySaysElse(env);
    Parameters parameters = Parameters.read(StandardParameters.with(job), plan.parameters());
    EventTimeRule rule =
        new EventTimeRule(
            parameters.get(StandardParameters.LATENESS), parameters.get(StandardParameters.FUTURE));
    List<DataStream<Chunk>> chunks = new ArrayList<>();
    Map<String, DataStream<?>> events = new HashMap<>();
    for (Input<?> input : job.inputs(parameters)) {
      events.put(input.topic().name(), read(env, input, rule, chunks));
    }
    Outputs outputs = job.define(streams(events), parameters);
    for (Table<?> table : job.tables()) {
      chunks.add(lastChanges(table, outputs));
    }
    commit(chunks);
  }

  private <E extends Event> DataStream<E> read(
      StreamExecutionEnvironment env,
      Input<E> input,
      EventTimeRule rule,
      List<DataStream<Chunk>> chunks) {
    Topic<E> topic = input.topic();
    Pin pin = plan.pin(topic.name());
    int readers = Math.min(env.getParallelism(), pin.start().size());
    SingleOutputStreamOperator<LogRecord<E>> records =
        env.fromSource(ends.source(topic), PinnedSource.watermarks(rule), topic.name())
            .setParallelism(readers)
            .uid("source-" + topic.name());
    Map<Integer, Long> fence = plan.leg().stretch(topic.name()).fence();
    SingleOutputStreamOperator<E> events =
        intake(records, input, rule, pin.start(), fence, readers);
    chunks.add(
        events
            .getSideOutput(Intake.PROGRESS)
            .map(new ProgressJson())
            .returns(TypeInformation.of(Chunk.class))
            .setParallelism(readers)
            .uid("progress-" + topic.name())
            .name("progress " + topic.name()));
    chunks.add(
        lastChanges(
            QuarantinedRecord.TABLE,
            events.getSideOutput(Intake.QUARANTINE),
            readers,
            "quarantine-" + topic.name(),
            Math.min(batchRows, MOST_QUARANTINED)));
    return events;
  }

  /** The intake behind a source of records, wherever they come from. */
  static <E extends Event> SingleOutputStreamOperator<E> intake(
      DataStream<LogRecord<E>> records,
      Input<E> input,
      EventTimeRule rule,
      Map<Integer, Long> start,
      Map<Integer, Long> fence,
      int parallelism) {
    String name = "intake-" + input.topic().name();
    return records
        .transform(
            name,
            TypeInformation.of(input.topic().eventType()),
            new Intake<>(input, rule, start, fence))
        .setParallelism(parallelism)
        .uid(name);
  }

  @SuppressWarnings("unchecked") // The map holds each topic's own stream.
  private static Streams streams(Map<String, DataStream<?>> events) {
    return new Streams() {
      @Override
      public <E extends Event> DataStream<E> of(Topic<E> topic) {
        DataStream<?> stream = events.get(topic.name());
        if (stream == null) {
          throw new IllegalArgumentException(
              "Topic %s isn't among the job's inputs".formatted(topic));
        }
        return (DataStream<E>) stream;
      }
    };
  }

  private <R> DataStream<Chunk> lastChanges(Table<R> table, Outputs outputs) {
    DataStream<Change<R>> changes = outputs.of(table);
    return lastChanges(
        table, changes, changes.getParallelism(), "last-change-" + table.name(), batchRows);
  }

  /** With the parallelism of what it stands behind, so that both are one task. */
  private <R> DataStream<Chunk> lastChanges(
      Table<R> table, DataStream<Change<R>> changes, int parallelism, String name, int mostRows) {
    Staging staging = new Staging(store, plan.schema(), plan.run().purpose());
    return changes
        .transform(
            name, TypeInformation.of(Chunk.class), new LastChangePerKey<>(table, staging, mostRows))
        .setParallelism(parallelism)
        .uid(name);
  }

  private void commit(List<DataStream<Chunk>> chunks) {
    DataStream<Chunk> all = chunks.get(0);
    for (DataStream<Chunk> more : chunks.subList(1, chunks.size())) {
      all = all.union(more);
    }
    all.sinkTo(ends.sink(JobCatalog.shapes(job))).setParallelism(1).uid("ledger").name("ledger");
  }
}
