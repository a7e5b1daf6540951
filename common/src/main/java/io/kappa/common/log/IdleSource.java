package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Stands where a {@link PinnedSource} does, keeps the same state, and reads nothing: for who wants
 * to know what state a job has, or whether it can be restored, without its log.
 */
public final class IdleSource<E extends Event>
    implements Source<LogRecord<E>, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<LogRecord<E>> {

  private final RecordDecoder<E> decoder;

  public IdleSource(Topic<E> topic) {
    this.decoder = new RecordDecoder<>(topic);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<LogRecord<E>, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    return new IdleReader<>();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new IdleEnumerator(new KafkaSourceEnumState(Set.of(), true));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) {
    return new IdleEnumerator(state);
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
    return decoder.getProducedType();
  }
}
