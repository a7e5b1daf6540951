package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.version.Frontier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for the last record of each partition that a reader of what is committed gets. */
final class LogTail {

  /** So many offsets are looked through at first, then so many times as many. */
  private static final long FIRST_LOOK = 10;

  private static final long TIMES = 100;

  private final String bootstrap;
  private final Duration patience;

  LogTail(String bootstrap, Duration patience) {
    this.bootstrap = bootstrap;
    this.patience = patience;
  }

  /**
   * @return for each partition the offset after its last record before the end; its start if there
   *     is none
   */
  Frontier of(Frontier start, Frontier ends) {
    Map<String, TreeMap<Integer, Long>> found = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer = open()) {
      ends.offsets()
          .forEach(
              (topic, partitions) ->
                  partitions.forEach(
                      (partition, end) ->
                          found
                              .computeIfAbsent(topic, unknown -> new TreeMap<>())
                              .put(
                                  partition,
                                  last(
                                      consumer,
                                      new TopicPartition(topic, partition),
                                      start.at(topic, partition),
                                      end))));
    } catch (KafkaException e) {
      throw away(e);
    }
    return Frontier.of(found);
  }

  private long last(Consumer<byte[], byte[]> consumer, TopicPartition at, long start, long end) {
    if (start >= end) {
      return start;
    }
    consumer.assign(List.of(at));
    for (long back = FIRST_LOOK; ; back *= TIMES) {
      long from = Math.max(start, end - back);
      OptionalLong last = lastBetween(consumer, at, from, end);
      if (last.isPresent() || from == start) {
        return last.orElse(start);
      }
    }
  }

  private OptionalLong lastBetween(
      Consumer<byte[], byte[]> consumer, TopicPartition at, long from, long end) {
    consumer.seek(at, from);
    long deadline = System.nanoTime() + patience.toNanos();
    OptionalLong last = OptionalLong.empty();
    while (consumer.position(at) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (record.offset() < end) {
          last = OptionalLong.of(record.offset() + 1);
        }
      }
      if (System.nanoTime() > deadline) {
        throw away(null);
      }
    }
    return last;
  }

  private Consumer<byte[], byte[]> open() {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kappa");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Refusal away(KafkaException cause) {
    return new Refusal(
        "Kafka at %s doesn't give its last records within %d s"
            .formatted(bootstrap, patience.toSeconds()),
        "./kappa up starts it again",
        cause);
  }
}
