package io.kappa.savepoints.golden;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.LogRecord;
import io.kappa.jobs.script.LoggedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives the records of a topic that weren't given before, and then nothing, without an end. What it
 * keeps is what the product's source keeps: Kafka's splits.
 */
final class GoldenSource<E extends Event>
    implements Source<LogRecord<E>, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<LogRecord<E>> {

  private static final long serialVersionUID = 1L;

  // Readers come out of a serialised graph, so this is where they can tell.
  private static final Map<String, AtomicInteger> GIVEN = new ConcurrentHashMap<>();

  private final Topic<E> topic;
  private final List<? extends List<LoggedRecord>> partitions;
  private final String run;

  /**
   * @param run names the run; nothing else in this JVM has the name
   */
  GoldenSource(Topic<E> topic, List<List<LoggedRecord>> partitions, String run) {
    this.topic = topic;
    this.partitions = partitions.stream().map(List::copyOf).toList();
    this.run = run;
  }

  /** How many records a run has given, of all its topics. */
  static int given(String run) {
    return GIVEN.computeIfAbsent(run, name -> new AtomicInteger()).get();
  }

  List<LoggedRecord> from(KafkaPartitionSplit split) {
    return partitions.get(split.getPartition()).stream()
        .filter(record -> record.offset() >= split.getStartingOffset())
        .toList();
  }

  Topic<E> topic() {
    return topic;
  }

  void gave() {
    GIVEN.computeIfAbsent(run, name -> new AtomicInteger()).incrementAndGet();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<LogRecord<E>, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    return new GoldenReader<>(this);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    List<KafkaPartitionSplit> all =
        IntStream.range(0, partitions.size())
            .mapToObj(
                number -> new KafkaPartitionSplit(new TopicPartition(topic.name(), number), 0))
            .toList();
    return new Once(context, all);
  }

  /** The readers have them all. */
  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) {
    return new Once(context, List.of());
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new KafkaPartitionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return new KafkaSourceEnumStateSerializer();
  }

  @Override
  public TypeInformation<LogRecord<E>> getProducedType() {
    return LogRecord.typeOf(topic.eventType());
  }

  /** Gives each reader every so-many-th partition, once. */
  private static final class Once
      implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final List<KafkaPartitionSplit> left;

    Once(SplitEnumeratorContext<KafkaPartitionSplit> context, List<KafkaPartitionSplit> all) {
      this.context = context;
      this.left = new ArrayList<>(all);
    }

    @Override
    public void addReader(int reader) {
      List<KafkaPartitionSplit> its =
          left.stream()
              .filter(split -> split.getPartition() % context.currentParallelism() == reader)
              .toList();
      left.removeAll(its);
      if (!its.isEmpty()) {
        context.assignSplits(new SplitsAssignment<>(Map.of(reader, its)));
      }
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
      left.addAll(splits);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) {
      return new KafkaSourceEnumState(Set.of(), true);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int reader, String host) {}

    @Override
    public void close() {}
  }
}
