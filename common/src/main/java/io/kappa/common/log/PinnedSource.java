package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.sink.ReplayRate;
import io.kappa.common.sink.Run;
import io.kappa.common.sink.RunNote;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.sink.VersionPlan;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.SplitAndAssignmentStatus;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Flink's Kafka source, held to a {@link Pin} and a {@link Stretch}: it begins at concrete offsets,
 * reads just the pinned partitions, halts before a fence without ending, and stops for good, with a
 * named cause, when the log isn't the pinned one any more.
 *
 * <p>All legs of a version have a source of one name. State that was written by the leg before says
 * so by its fence, and the source begins then where the leg does.
 */
public final class PinnedSource<E extends Event>
    implements Source<LogRecord<E>, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<LogRecord<E>> {

  /**
   * What a TaskManager is configured with: how much of the memory for what lives long may be full
   * before a leg with a fence that keeps its state there reads no more, 0 to 1.
   */
  static final ConfigOption<Double> MOST_OF_HEAP =
      ConfigOptions.key("kappa.replay.most-of-heap").doubleType().defaultValue(0.75);

  private final KafkaSource<LogRecord<E>> kafkaSource;
  private final PinCheck check;
  private final Pin pin;
  private final Run run;
  private final HashSet<String> topics = new HashSet<>();
  private final RunNote note;
  private final Stretch stretch;
  private final ReplayRate rate;
  private final boolean onHeap;

  /**
   * @param plan what the catalogue says of the version that reads it
   * @param store where a change of the log is written down, and how fast a leg with a fence may
   *     read
   */
  @SuppressWarnings("deprecation") // The connector's own interface takes the client's old enum.
  public PinnedSource(Topic<E> topic, VersionPlan plan, KafkaAddress kafka, StoreAddress store) {
    this.run = plan.run();
    plan.pins().forEach(each -> topics.add(each.topic()));
    this.pin = plan.pin(topic.name());
    this.stretch = plan.leg().stretch(topic.name());
    this.note = new RunNote(run, store);
    this.onHeap = plan.leg().onHeap();
    this.rate = new ReplayRate(run, store, plan.rate(), topics.size());
    this.check = new PinCheck(List.of(pin), kafka, run.job());
    Map<TopicPartition, Long> start = offsets(topic, stretch.start());
    KafkaSourceBuilder<LogRecord<E>> builder =
        KafkaSource.<LogRecord<E>>builder()
            .setProperties(settings(kafka))
            .setPartitions(new HashSet<>(start.keySet()))
            .setStartingOffsets(OffsetsInitializer.offsets(start, OffsetResetStrategy.NONE))
            .setDeserializer(new RecordDecoder<>(topic));
    if (stretch.isFenced()) {
      halt(builder, offsets(topic, stretch.fence()));
    }
    this.kafkaSource = builder.build();
  }

  private static Map<TopicPartition, Long> offsets(Topic<?> topic, Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> named = new HashMap<>();
    offsets.forEach(
        (number, offset) -> named.put(new TopicPartition(topic.name(), number), offset));
    return named;
  }

  /** Unbounded all the same: the readers wait for more, so the run goes on and checkpoints. */
  @SuppressWarnings("deprecation") // The connector's own interface takes the client's old enum.
  private static void halt(KafkaSourceBuilder<?> builder, Map<TopicPartition, Long> fence) {
    builder.setUnbounded(OffsetsInitializer.offsets(fence, OffsetResetStrategy.NONE));
  }

  private static Properties settings(KafkaAddress kafka) {
    Properties properties = kafka.properties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    // Without discovery the enumerator says that there is no more, and readers end at a fence.
    properties.setProperty("partition.discovery.interval.ms", "300000");
    properties.setProperty("register.consumer.metrics", "true");
    return properties;
  }

  /** The watermarks that go with this source. */
  public static <E extends Event> WatermarkStrategy<LogRecord<E>> watermarks(EventTimeRule rule) {
    return PartitionWatermarks.strategy(rule);
  }

  @Override
  public SourceReader<LogRecord<E>, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    Pace pace = new Pace(rate, stretch.isFenced(), context.currentParallelism(), room(context));
    FetchLag lag = new FetchLag();
    SourceReader<LogRecord<E>, KafkaPartitionSplit> flinks =
        kafkaSource.createReader(lag.overhear(context));
    return new PinnedReader<>(
        flinks, pin, stretch, check, run.job(), note, pace, report(flinks, lag, context));
  }

  private Room room(SourceReaderContext context) {
    if (!stretch.isFenced() || !onHeap) {
      return Room.ENDLESS;
    }
    double share = context.getConfiguration().get(MOST_OF_HEAP);
    return new Room(
        () -> TenuredHeap.OF_JVM.isFull(share),
        () -> context.sendSourceEventToCoordinator(new HeapIsFull()));
  }

  private WorkReport report(SourceReader<?, ?> flinks, FetchLag lag, SourceReaderContext context) {
    if (!stretch.isFenced()) {
      return new WhileRecordsCome(context::sendSourceEventToCoordinator, lag);
    }
    SourceReaderBase<?, ?, ?, ?> reader = (SourceReaderBase<?, ?, ?, ?>) flinks;
    return new UntilFence(
        reader::getNumberOfCurrentlyAssignedSplits, context::sendSourceEventToCoordinator);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return pinned(kafkaSource.createEnumerator(context), context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    if (!isOfThisLeg(state)) {
      return createEnumerator(context);
    }
    return pinned(kafkaSource.restoreEnumerator(context, state), context);
  }

  private boolean isOfThisLeg(KafkaSourceEnumState state) {
    return state.splits().stream()
        .map(SplitAndAssignmentStatus::split)
        .allMatch(split -> stretch.fence(split.getPartition()).equals(split.getStoppingOffset()));
  }

  private PinnedEnumerator pinned(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> flinks,
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    CheckpointPace checkpoints =
        stretch.isFenced()
            ? new RareUntilFence(run, topics, pin.topic())
            : new RareUnlessAwaited(run, topics, pin.topic());
    return new PinnedEnumerator(
        flinks,
        context,
        check,
        note,
        rate,
        stretch.isFenced(),
        checkpoints,
        new FullHeap(note::heapIsFull));
  }

  @Override
  public Boundedness getBoundedness() {
    return kafkaSource.getBoundedness();
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafkaSource.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafkaSource.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<LogRecord<E>> getProducedType() {
    return kafkaSource.getProducedType();
  }
}
