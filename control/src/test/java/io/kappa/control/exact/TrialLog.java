package io.kappa.control.exact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a nasty log to a topic: few keys that change often, copies, late and future events, broken
 * bytes. Seeded.
 */
public final class TrialLog implements AutoCloseable {

  /** How many partitions its topic has. */
  public static final int PARTITIONS = 4;

  private final String topic;
  private final Random random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String[] lastOf = new String[PARTITIONS];
  private long now = 1_700_000_000_000L;
  private final AtomicReference<Exception> failed = new AtomicReference<>();
  private long number;

  /** A log in that topic, which is there. */
  public TrialLog(String servers, String topic, long seed) {
    this.topic = topic;
    this.random = new Random(seed);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "max.request.size",
                16 << 20,
                "request.timeout.ms",
                5000,
                "linger.ms",
                5,
                "delivery.timeout.ms",
                20_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes that many records and waits until the broker has them. */
  public void write(int records) {
    tryToWrite(records);
    problem()
        .ifPresent(
            e -> {
              throw new IllegalStateException("the log wasn't written", e);
            });
  }

  /** Why some records weren't written, if any weren't. */
  Optional<Exception> problem() {
    return Optional.ofNullable(failed.get());
  }

  /** Writes that many records, as far as the broker takes them. */
  public void tryToWrite(int records) {
    for (int i = 0; i < records; i++) {
      int partition = random.nextInt(PARTITIONS);
      send(partition, next(partition));
    }
    producer.flush();
  }

  /** Writes one record as it is. */
  void write(int partition, byte[] value) {
    send(partition, value);
    producer.flush();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback sees every failure.
  private void send(int partition, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic, partition, null, value),
        (sent, problem) -> failed.compareAndSet(null, problem));
  }

  private byte[] next(int partition) {
    now += random.nextInt(20_000);
    int chance = random.nextInt(100);
    if (chance < 2) {
      return List.of("{", "nonsense", "[]", "{\"eventId\":\"x\"}")
          .get(random.nextInt(4))
          .getBytes(UTF_8);
    }
    if (chance < 6 && lastOf[partition] != null) {
      return lastOf[partition].getBytes(UTF_8);
    }
    long at = now - random.nextInt(3_600_000);
    if (chance < 8) {
      at = now - 3 * 86_400_000L;
    } else if (chance < 9) {
      at = 32_503_680_000_000L;
    }
    lastOf[partition] = event(at);
    return lastOf[partition].getBytes(UTF_8);
  }

  private String event(long at) {
    number++;
    String user =
        random.nextInt(10) == 0 ? "" : "\"userId\":\"u%d\",".formatted(random.nextInt(50));
    String country =
        random.nextInt(10) == 0 ? "" : ",\"country\":\"%c\"".formatted('A' + random.nextInt(5));
    return "{\"eventId\":\"e%d\",%s\"itemId\":\"i%d\",\"kind\":\"%s\",\"at\":%d,\"durationMs\":%d,\"quantity\":%d,\"amountCents\":%d%s}"
        .formatted(
            number,
            user,
            random.nextInt(30),
            List.of("view", "play", "click", "purchase", "return").get(random.nextInt(5)),
            at,
            random.nextInt(60_000),
            random.nextInt(9) - 2,
            random.nextInt(10_000) - 2_000,
            country);
  }

  @Override
  public void close() {
    producer.close();
  }
}
