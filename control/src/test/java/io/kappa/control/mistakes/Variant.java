package io.kappa.control.mistakes;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.serde.EventDecoder;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import io.kappa.jobs.activitymetrics.ActivityMetrics;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * {@code activity-metrics} as shipped, on a topic of a test's own; and where a test wants it,
 * something else before it, or behind it.
 */
final class Variant implements JobDefinition {

  /** What becomes of one event; each subtask has one of its own. */
  interface Events extends Supplier<Function<Activity, List<Activity>>>, Serializable {}

  /** What becomes of a change of a row. */
  interface Rows<R> extends UnaryOperator<Change<R>>, Serializable {}

  private final ActivityMetrics job = new ActivityMetrics();
  private final String name;
  private final String topic;
  private final Map<String, Rows<?>> rows = new HashMap<>();
  private EventDecoder<Activity> decoder = Topics.ACTIVITY.decoder();
  private Optional<Input.Wanted<Activity>> wanted = Optional.empty();
  private Optional<Events> events = Optional.empty();
  private boolean timeless;
  private boolean remembering;
  private Optional<String> failure = Optional.empty();

  /** The shipped job, reading that topic. */
  Variant(String topic) {
    this(new ActivityMetrics().name(), topic);
  }

  /** The shipped job under another name. */
  Variant(String name, String topic) {
    this.name = name;
    this.topic = topic;
  }

  Variant decoding(EventDecoder<Activity> other) {
    decoder = other;
    return this;
  }

  Variant wanting(Input.Wanted<Activity> other) {
    wanted = Optional.of(other);
    return this;
  }

  Variant events(Events change) {
    events = Optional.of(change);
    return this;
  }

  /** Event time never moves on, so whatever is done to it, nothing comes too late. */
  Variant timeless() {
    timeless = true;
    return this;
  }

  /** An operator more, with a state of its own that changes no result. */
  Variant remembering() {
    remembering = true;
    return this;
  }

  Variant rows(String table, Rows<?> change) {
    rows.put(table, change);
    return this;
  }

  /** It can't even be defined. */
  Variant failing(String why) {
    failure = Optional.of(why);
    return this;
  }

  @Override
  public String name() {
    return name;
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
    return List.of(Input.where(topic(), wanted.orElseGet(() -> shipped(parameters))));
  }

  private Topic<Activity> topic() {
    Topic<Activity> activity = Topics.ACTIVITY;
    return new Topic<>(topic, activity.eventType(), activity.keyField(), decoder);
  }

  @SuppressWarnings("unchecked") // The shipped job has one input.
  private Input.Wanted<Activity> shipped(Parameters parameters) {
    return ((Input<Activity>) job.inputs(parameters).get(0)).wanted();
  }

  @Override
  public List<Table<?>> tables() {
    return job.tables();
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    failure.ifPresent(
        why -> {
          throw new IllegalArgumentException(why);
        });
    Outputs shipped =
        job.define(
            new Streams() {
              @Override
              @SuppressWarnings("unchecked") // The job asks for its one topic.
              public <E extends Event> DataStream<E> of(Topic<E> asked) {
                return (DataStream<E>) before(streams.of(topic()));
              }
            },
            parameters);
    Outputs outputs = new Outputs();
    tables().forEach(table -> behind(table, shipped, outputs));
    return outputs;
  }

  private DataStream<Activity> before(DataStream<Activity> read) {
    DataStream<Activity> stream = read;
    if (events.isPresent()) {
      stream =
          stream
              .flatMap(new EachEvent(events.get()))
              .returns(TypeInformation.of(Activity.class))
              .setParallelism(read.getParallelism())
              .uid("variant-events");
    }
    if (remembering) {
      stream =
          stream
              .map(new Remembering())
              .returns(TypeInformation.of(Activity.class))
              .setParallelism(read.getParallelism())
              .uid("variant-memory");
    }
    if (timeless) {
      stream =
          stream
              .assignTimestampsAndWatermarks(WatermarkStrategy.<Activity>noWatermarks())
              .setParallelism(read.getParallelism())
              .uid("variant-times");
    }
    return stream;
  }

  @SuppressWarnings("unchecked") // Whoever gives the change knows the table's rows.
  private <R> void behind(Table<R> table, Outputs shipped, Outputs outputs) {
    DataStream<Change<R>> changes = shipped.of(table);
    Rows<R> change = (Rows<R>) rows.get(table.name());
    outputs.with(
        table,
        change == null
            ? changes
            : changes
                .map(change::apply)
                .returns(changes.getType())
                .setParallelism(changes.getParallelism())
                .uid("variant-" + table.name()));
  }

  private static final class Remembering
      implements MapFunction<Activity, Activity>, CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private transient ListState<Long> passed;
    private transient long count;

    @Override
    public Activity map(Activity event) {
      count++;
      return event;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      passed =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("passed", Types.LONG));
      for (Long each : passed.get()) {
        count += each;
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      passed.update(List.of(count));
    }
  }

  private static final class EachEvent extends RichFlatMapFunction<Activity, Activity> {

    private static final long serialVersionUID = 1L;

    private final Events events;
    private transient Function<Activity, List<Activity>> each;

    EachEvent(Events events) {
      this.events = events;
    }

    @Override
    public void open(OpenContext context) {
      each = events.get();
    }

    @Override
    public void flatMap(Activity event, Collector<Activity> out) {
      each.apply(event).forEach(out::collect);
    }
  }
}
