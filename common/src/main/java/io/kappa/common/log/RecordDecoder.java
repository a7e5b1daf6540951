package io.kappa.common.log;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topic;
import java.util.Arrays;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes records as they are fetched. Every record comes out, also the ones that are no event. */
final class RecordDecoder<E extends Event>
    implements KafkaRecordDeserializationSchema<LogRecord<E>> {

  private final Topic<E> topic;

  RecordDecoder(Topic<E> topic) {
    this.topic = topic;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> consumed, Collector<LogRecord<E>> collector) {
    byte[] value = consumed.value();
    int size = value == null ? 0 : value.length;
    Decoded<E> decoded = topic.decoder().decode(value);
    if (decoded instanceof Decoded.Ok<E> ok) {
      collector.collect(record(consumed, size, ok.event(), null, null, value));
    } else if (decoded instanceof Decoded.Rejected<E> rejected) {
      String reason = rejected.reason().name().toLowerCase(Locale.ROOT);
      byte[] kept = value == null || size <= LogRecord.MOST_BYTES ? value : head(value);
      collector.collect(record(consumed, size, null, reason, rejected.detail(), kept));
    }
  }

  private static byte[] head(byte[] value) {
    return Arrays.copyOf(value, LogRecord.MOST_BYTES);
  }

  private static <E extends Event> LogRecord<E> record(
      ConsumerRecord<byte[], byte[]> consumed,
      int size,
      E event,
      String reason,
      String detail,
      byte[] bytes) {
    return new LogRecord<>(
        consumed.partition(),
        consumed.offset(),
        consumed.timestamp(),
        size,
        event,
        reason,
        detail,
        bytes);
  }

  @Override
  public TypeInformation<LogRecord<E>> getProducedType() {
    return LogRecord.typeOf(topic.eventType());
  }
}
