package io.kappa.benchmarks;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Other records for the same events: what a log of {@code activity} is copied to.
 *
 * @param isSlim whether fields that no key needs are left out
 * @param bytes how long a value is at least; a nested field that no job uses fills it
 * @param times how often the log is repeated, each time later by {@link #period}
 * @param period how much later
 * @param compression as Kafka calls it
 */
public record Shape(boolean isSlim, int bytes, int times, Duration period, String compression) {

  /** As {@code kappa generate} and {@code kappa load} write it. */
  public static final Shape AS_IT_IS = new Shape(false, 0, 1, Duration.ZERO, "lz4");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FETCH_BYTES = 8 << 20;

  /** Only who, what, where and when: some 90 bytes. */
  public Shape slim() {
    return new Shape(true, bytes, times, period, compression);
  }

  /** Values of that many bytes. */
  public Shape wide(int most) {
    return new Shape(isSlim, most, times, period, compression);
  }

  /** Otherwise compressed. */
  public Shape compressed(String by) {
    return new Shape(isSlim, bytes, times, period, by);
  }

  /** So often, one after the other. */
  public Shape repeated(int often, Duration each) {
    return new Shape(isSlim, bytes, often, each, compression);
  }

  /** Copies a topic from one broker to another, where it isn't yet. */
  void copy(String from, String to, String topic) {
    Map<String, Object> reading =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, from,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    Map<String, Object> writing =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            to,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L << 20,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            FETCH_BYTES);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      TopicCreation.ensure(to, topic, partitions.size());
      consumer.assign(
          partitions.stream().map(one -> new TopicPartition(topic, one.partition())).toList());
      Random random = new Random(1);
      AtomicReference<Exception> refused = new AtomicReference<>();
      for (int time = 0; time < times; time++) {
        copyOnce(consumer, producer, time, random, refused);
      }
      producer.flush();
      if (refused.get() != null) {
        throw new BenchmarkException("The broker refuses a record", refused.get());
      }
    }
  }

  private void copyOnce(
      KafkaConsumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      int time,
      Random random,
      AtomicReference<Exception> refused) {
    consumer.seekToBeginning(consumer.assignment());
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      var records = consumer.poll(PATIENCE);
      if (records.isEmpty()) {
        throw new BenchmarkException("The broker gave nothing for " + PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        byte[] value = value(record.value(), time, random);
        var unused =
            producer.send(
                new ProducerRecord<>(record.topic(), record.partition(), record.key(), value),
                (sent, failure) -> refused.compareAndSet(null, failure));
      }
    }
  }

  /** What a value becomes when it's copied for the nth time, from 0 on. */
  byte[] value(byte[] value, int time, Random random) {
    byte[] event = isSlim || time > 0 ? changed(value, time) : value;
    return event.length < bytes ? filled(event, random) : event;
  }

  private byte[] changed(byte[] value, int time) {
    if (!(Topics.ACTIVITY.decoder().decode(value) instanceof Decoded.Ok<Activity> ok)) {
      return value;
    }
    Activity event = ok.event();
    String id = time == 0 ? event.eventId() : event.eventId() + "-" + time;
    long at = event.at() + time * period.toMillis();
    return Topics.encoder(Topics.ACTIVITY)
        .encode(
            isSlim
                ? new Activity(
                    id,
                    event.userId(),
                    event.itemId(),
                    event.kind(),
                    at,
                    null,
                    null,
                    null,
                    event.country(),
                    null)
                : new Activity(
                    id,
                    event.userId(),
                    event.itemId(),
                    event.kind(),
                    at,
                    event.durationMs(),
                    event.quantity(),
                    event.amountCents(),
                    event.country(),
                    event.device()));
  }

  /** With objects in an array in an object, as the events of web trackers have them. */
  private byte[] filled(byte[] event, Random random) {
    StringBuilder text = new StringBuilder(bytes + 64);
    text.append(new String(event, StandardCharsets.UTF_8));
    text.setLength(text.lastIndexOf("}"));
    text.append(",\"context\":{\"steps\":[");
    String comma = "";
    do {
      text.append(comma)
          .append("{\"page\":\"/shop/")
          .append(Integer.toHexString(random.nextInt(1 << 16)))
          .append("\",\"ms\":")
          .append(random.nextInt(60_000))
          .append('}');
      comma = ",";
    } while (text.length() < bytes - 3);
    return text.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
