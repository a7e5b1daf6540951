package io.kappa.control.exact;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import io.kappa.jobs.activitymetrics.ActivityMetrics;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * {@code activity-metrics} with a place in front at which a task can fail, or be slow, and a
 * checkpoint can fail.
 */
final class FlakyActivityMetrics implements JobDefinition {

  /** How many records from now a task fails; far away if none should. */
  static final AtomicInteger TASK_FAILS_IN = new AtomicInteger(Integer.MAX_VALUE);

  /** How long a task takes for a record beside its work. */
  static final AtomicLong NANOS_A_RECORD = new AtomicLong();

  /** How many of the next snapshots fail. */
  static final AtomicInteger SNAPSHOTS_FAIL = new AtomicInteger();

  private final ActivityMetrics job = new ActivityMetrics();
  private final Topic<Activity> topic;

  /**
   * @param topic the topic it reads instead of {@code activity}
   */
  FlakyActivityMetrics(String topic) {
    Topic<Activity> activity = Topics.ACTIVITY;
    this.topic = new Topic<>(topic, activity.eventType(), activity.keyField(), activity.decoder());
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public String description() {
    return job.description();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return job.parameters();
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    return List.of(Input.all(topic));
  }

  @Override
  public List<Table<?>> tables() {
    return job.tables();
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    Streams flaky =
        new Streams() {
          @Override
          @SuppressWarnings("unchecked") // The job asks for its one topic.
          public <E extends Event> DataStream<E> of(Topic<E> asked) {
            DataStream<E> events = (DataStream<E>) streams.of(topic);
            return events
                .map(new Fuse<E>())
                .returns(TypeInformation.of(asked.eventType()))
                .setParallelism(events.getParallelism())
                .uid("fuse");
          }
        };
    return job.define(flaky, parameters);
  }

  private static final class Fuse<E> implements MapFunction<E, E>, CheckpointedFunction {

    @Override
    public E map(E event) {
      if (TASK_FAILS_IN.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : n - 1) == 0) {
        TASK_FAILS_IN.set(Integer.MAX_VALUE);
        throw new IllegalStateException("a task fails, as the test wants it");
      }
      long nanos = NANOS_A_RECORD.get();
      if (nanos > 0) {
        LockSupport.parkNanos(nanos);
      }
      return event;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      if (SNAPSHOTS_FAIL.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("a snapshot fails, as the test wants it");
      }
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}
  }
}
