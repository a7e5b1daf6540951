package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.sink.FailureNote;
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
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Flink's Kafka source, held to a {@link Pin}: it begins at concrete offsets, reads just the pinned
 * partitions, and stops for good, with a named cause, when the log isn't the pinned one any more.
 */
public final class PinnedSource<E extends Event>
    implements Source<LogRecord<E>, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<LogRecord<E>> {

  private final KafkaSource<LogRecord<E>> kafkaSource;
  private final PinCheck check;
  private final Pin pin;
  private final String job;
  private final FailureNote failure;

  /**
   * @param job the job's name, for what to do when the log has changed
   * @param failure where it's written down that the log has changed
   */
  @SuppressWarnings("deprecation") // The connector's own interface takes the client's old enum.
  public PinnedSource(
      Topic<E> topic, Pin pin, KafkaAddress kafka, String job, FailureNote failure) {
    this.failure = failure;
    this.pin = pin;
    this.job = job;
    this.check = new PinCheck(List.of(pin), kafka, job);
    Map<TopicPartition, Long> start = new HashMap<>();
    pin.start().forEach((number, offset) -> start.put(partition(topic, number), offset));
    this.kafkaSource =
        KafkaSource.<LogRecord<E>>builder()
            .setProperties(settings(kafka))
            .setPartitions(new HashSet<>(start.keySet()))
            .setStartingOffsets(OffsetsInitializer.offsets(start, OffsetResetStrategy.NONE))
            .setDeserializer(new RecordDecoder<>(topic))
            .build();
  }

  private static TopicPartition partition(Topic<?> topic, int number) {
    return new TopicPartition(topic.name(), number);
  }

  private static Properties settings(KafkaAddress kafka) {
    Properties properties = kafka.properties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    properties.setProperty("register.consumer.metrics", "true");
    return properties;
  }

  /** The watermarks that go with this source. */
  public WatermarkStrategy<LogRecord<E>> watermarks(EventTimeRule rule) {
    return PartitionWatermarks.strategy(rule);
  }

  /** How many partitions there are to read; more readers than that would have nothing to do. */
  public int partitions() {
    return pin.start().size();
  }

  @Override
  public SourceReader<LogRecord<E>, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new PinnedReader<>(kafkaSource.createReader(context), pin, check, job, failure);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new PinnedEnumerator(kafkaSource.createEnumerator(context), context, check, failure);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    return new PinnedEnumerator(
        kafkaSource.restoreEnumerator(context, state), context, check, failure);
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
