package io.kappa.control.exact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic as a plain consumer reads it, from its beginning to its end.
 *
 * @param partitions partition -> its records, in order, from offset 0
 */
public record ReadLog(Map<Integer, List<ConsumerRecord<byte[], byte[]>>> partitions) {

  /** Reads the topic as it is now. */
  public static ReadLog of(String servers, String topic, int partitions) {
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new TreeMap<>();
    List<TopicPartition> all = new ArrayList<>();
    for (int number = 0; number < partitions; number++) {
      all.add(new TopicPartition(topic, number));
      read.put(number, new ArrayList<>());
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "max.partition.fetch.bytes", 32 << 20);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> read.get(record.partition()).add(record));
      }
    }
    return new ReadLog(read);
  }
}
