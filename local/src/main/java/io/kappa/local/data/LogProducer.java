package io.kappa.local.data;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer for loading and generating: idempotent, in order, with large compressed batches. */
public final class LogProducer {

  private static final int LARGEST_RECORD = 16 << 20;

  private LogProducer() {}

  /** Opens a producer; whoever opens it closes it. */
  public static Producer<byte[], byte[]> open(String bootstrapServers) {
    return open(bootstrapServers, "lz4");
  }

  /** The same with another compression, as Kafka calls it. */
  public static Producer<byte[], byte[]> open(String bootstrapServers, String compression) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L << 20,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            LARGEST_RECORD),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
