package io.kappa.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to the end that it has now. */
public final class LogReading {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private LogReading() {}

  /**
   * What the tables must come to.
   *
   * @throws BenchmarkException if the broker gives nothing more before the end
   */
  public static TableSums sums(String bootstrap, String topic) {
    LogSums sums = new LogSums();
    each(
        bootstrap,
        topic,
        record -> sums.add(record.partition(), record.timestamp(), record.value()));
    return sums.sums();
  }

  /** How many partitions a topic has. */
  static int partitions(String bootstrap, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      return consumer.partitionsFor(topic).size();
    }
  }

  /**
   * Shows each record, those of a partition in their order.
   *
   * @throws BenchmarkException if the broker gives nothing more before the end
   */
  static void each(String bootstrap, String topic, Consumer<ConsumerRecord<byte[], byte[]>> seen) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        var records = consumer.poll(PATIENCE);
        if (records.isEmpty()) {
          throw new BenchmarkException(
              "The broker gave nothing for %d s, and the log goes on to %s"
                  .formatted(PATIENCE.toSeconds(), text(ends)));
        }
        records.forEach(seen);
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            10_000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            8 << 20),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static String text(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
