package io.kappa.local.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own stand-in for a broker with one topic of four partitions. */
final class Broker {

  private Broker() {}

  static MockProducer<byte[], byte[]> withTopic(String topic) {
    return producer(topic, true);
  }

  /** A broker that answers only when the test says so. */
  static MockProducer<byte[], byte[]> silent(String topic) {
    return producer(topic, false);
  }

  /** A broker with several topics, each with so many partitions. */
  static MockProducer<byte[], byte[]> withTopics(Map<String, Integer> topics) {
    return producer(topics, true);
  }

  private static MockProducer<byte[], byte[]> producer(String topic, boolean answers) {
    return producer(Map.of(topic, 4), answers);
  }

  private static MockProducer<byte[], byte[]> producer(
      Map<String, Integer> topics, boolean answers) {
    Node node = new Node(0, "localhost", 1);
    List<PartitionInfo> partitions = new ArrayList<>();
    topics.forEach(
        (topic, count) ->
            IntStream.range(0, count)
                .mapToObj(
                    p -> new PartitionInfo(topic, p, node, new Node[] {node}, new Node[] {node}))
                .forEach(partitions::add));
    Cluster cluster = new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
    return new MockProducer<>(
        cluster, answers, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** What was sent, as {@code key=value}. */
  static List<String> records(MockProducer<byte[], byte[]> producer) {
    return producer.history().stream().map(Broker::text).toList();
  }

  private static String text(ProducerRecord<byte[], byte[]> record) {
    return text(record.key()) + "=" + text(record.value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
  }
}
