package io.kappa.benchmarks.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One thread's way through some partitions, from their beginning to where they end by now. */
final class LogReader implements Callable<Long> {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int FETCH_BYTES = 4 << 20;
  private static final int MOST_A_POLL = 10_000;

  private final String bootstrap;
  private final List<TopicPartition> partitions;
  private final Level level;
  private final int number;
  private final int readers;
  private final Map<String, Integer> users = new HashMap<>();
  private final Fields fields = new Fields();
  private Sums sums = new Sums();
  private Map<TopicPartition, Long> next = Map.of();

  /**
   * @param number which of the readers this is, from 0 on; their users have different numbers
   */
  LogReader(
      String bootstrap, List<TopicPartition> partitions, Level level, int number, int readers) {
    this.bootstrap = bootstrap;
    this.partitions = partitions;
    this.level = level;
    this.number = number;
    this.readers = readers;
  }

  /**
   * Reads to the end.
   *
   * @return how many bytes the values have
   */
  @Override
  public Long call() throws IOException {
    long bytes = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        var records = consumer.poll(POLL);
        synchronized (this) {
          for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += record.value().length;
            take(record.value());
          }
          next =
              partitions.stream()
                  .collect(Collectors.toMap(partition -> partition, consumer::position));
        }
      }
    }
    return bytes;
  }

  private void take(byte[] value) throws IOException {
    if (level.decodes()) {
      fields.read(value);
    }
    if (level.adds()) {
      sums.add(fields, fields.userId == null ? -1 : user(fields.userId));
    }
  }

  private int user(String id) {
    return users.computeIfAbsent(id, i -> users.size() * readers + number);
  }

  /** What was added up since it was last taken, with where the reader stands. */
  synchronized Taken take() {
    Taken taken = new Taken(sums, next);
    sums = new Sums();
    return taken;
  }

  /** What was added up, and where the reader stood then. */
  record Taken(Sums sums, Map<TopicPartition, Long> next) {}

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_A_POLL,
            ConsumerConfig.CHECK_CRCS_CONFIG, false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
