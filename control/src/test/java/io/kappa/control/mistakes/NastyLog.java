package io.kappa.control.mistakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A log of activity on which wrong rules show: first, in each partition, what is rare and made to
 * measure; then much at random, across the end of summer time. An event's device names its
 * partition.
 */
final class NastyLog implements AutoCloseable {

  static final int PARTITIONS = 3;

  /** Views and plays shorter than this, in milliseconds, are to be left out. */
  static final long MIN_WATCH = 2_000;

  static final long LATENESS = 2 * 3_600_000L;
  static final long FUTURE = 3_600_000L;

  private static final long FAR_FUTURE = 32_503_680_000_000L;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final String[] COUNTRIES = {"NO", "no", "SE", "Côte d'Ivoire", null};

  private final String topic;
  private final Random random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<List<byte[]>> written;
  private final AtomicReference<Exception> failed = new AtomicReference<>();
  private long now = Instant.parse("2023-10-28T20:00:00Z").toEpochMilli();
  private int number;

  NastyLog(String servers, String topic, long seed) {
    this.topic = topic;
    this.random = new Random(seed);
    this.written =
        IntStream.range(0, PARTITIONS).<List<byte[]>>mapToObj(p -> new ArrayList<>()).toList();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Partition -> its records, in order, from offset 0. */
  synchronized List<List<byte[]>> written() {
    return written.stream().map(List::copyOf).toList();
  }

  /** The number in the id of the next event that is new. */
  synchronized int nextNumber() {
    return number;
  }

  /** Partition -> the offset of the next record. */
  synchronized Map<Integer, Long> end() {
    Map<Integer, Long> end = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      end.put(partition, (long) written.get(partition).size());
    }
    return end;
  }

  /** Writes what each mistake is to show on, whatever the seed. */
  void writeRareThings() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (String at :
          List.of(
              "2022-12-31T23:59:59.999Z",
              "2023-01-01T00:00:00Z",
              "2023-02-28T23:59:59.999Z",
              "2023-03-01T00:00:00Z",
              "2023-03-26T00:59:59.999Z",
              "2023-03-26T01:00:00Z")) {
        write(partition, at("boundary", at, Kind.CLICK));
      }
      String noon = "2023-04-01T12:00:00Z";
      write(partition, traded("dear", noon, Kind.PURCHASE, 1L, 3_000_000_001L));
      write(partition, traded("dear", noon, Kind.PURCHASE, 3_000_000_000L, 7L));
      write(partition, traded("back", noon, Kind.PURCHASE, 3L, 999L));
      write(partition, traded("back", noon, Kind.RETURN, -1L, -333L));
      write(partition, traded("even", noon, Kind.PURCHASE, 1L, 50L));
      write(partition, traded("even", noon, Kind.RETURN, -1L, -50L));
      write(partition, traded("none", noon, Kind.PURCHASE, null, null));
      write(partition, traded("click", noon, Kind.CLICK, 5L, 500L));
      for (Long duration : new Long[] {0L, MIN_WATCH - 1, MIN_WATCH, MIN_WATCH + 1, null}) {
        write(partition, watched("watched", noon, Kind.VIEW, duration));
        write(partition, watched("watched", noon, Kind.PLAY, duration));
        write(partition, watched("clicked", noon, Kind.LIKE, duration));
      }
      for (String item : List.of("Cased", "cased", "cafe\u0301", "caf\u00e9")) {
        write(partition, at(item, noon, Kind.SHARE));
      }
      Activity twin = traded("twin", noon, Kind.PURCHASE, 2L, 20L);
      write(partition, twin);
      write(partition, Edit.of(twin).id("other " + twin.eventId()));
      write(partition, twin);
      write(partition, starer(partition, noon));
      write(partition, "no json".getBytes(UTF_8));
      write(partition, at("behind", noon, Kind.CLICK));
      write(partition, at("behind", "2023-04-01T10:00:00Z", Kind.CLICK));
      write(partition, at("behind", "2023-04-01T09:59:59.999Z", Kind.CLICK));
    }
    flush();
  }

  /** Writes that many records at random and waits until the broker has them. */
  synchronized void write(int records) {
    for (int i = 0; i < records; i++) {
      int partition = random.nextInt(PARTITIONS);
      List<byte[]> before = written.get(partition);
      int dice = random.nextInt(100);
      if (dice < 2) {
        write(partition, "{\"eventId\":\"cut".getBytes(UTF_8));
      } else if (dice < 7 && before.size() > 60) {
        write(partition, before.get(before.size() - 1 - random.nextInt(20)));
      } else {
        write(partition, atRandom());
      }
    }
    flush();
  }

  private Activity atRandom() {
    now += random.nextInt(20_000);
    int dice = random.nextInt(100);
    long at = now - random.nextInt(3_600_000);
    if (dice < 3) {
      at = now - LATENESS - random.nextInt(3_600_000);
    } else if (dice < 4) {
      at = FAR_FUTURE;
    } else if (dice < 8) {
      at = at - at % 3_600_000;
    }
    return new Activity(
        id(),
        random.nextInt(8) == 0 ? null : "u" + random.nextInt(30),
        "i" + random.nextInt(40),
        KINDS.get(random.nextInt(KINDS.size())),
        at,
        orNull(random.nextInt(9_000)),
        orNull(random.nextInt(9) - 2),
        orNull(random.nextInt(10_000) - 2_000),
        COUNTRIES[random.nextInt(COUNTRIES.length)],
        null);
  }

  private String id() {
    return "e" + number++;
  }

  private Long orNull(long value) {
    return random.nextInt(6) == 0 ? null : value;
  }

  private Activity at(String item, String at, Kind kind) {
    return new Activity(
        id(), "u1", item, kind, Instant.parse(at).toEpochMilli(), null, null, null, "NO", null);
  }

  private Activity traded(String item, String at, Kind kind, Long quantity, Long cents) {
    long time = Instant.parse(at).toEpochMilli();
    return new Activity(id(), null, item, kind, time, 60L, quantity, cents, null, null);
  }

  private Activity watched(String item, String at, Kind kind, Long duration) {
    long time = Instant.parse(at).toEpochMilli();
    return new Activity(id(), "u2", item, kind, time, duration, null, null, "SE", null);
  }

  private static byte[] starer(int number, String at) {
    return "{\"eventId\":\"x%d\",\"itemId\":\"i1\",\"kind\":\"stare\",\"at\":%d}"
        .formatted(number, Instant.parse(at).toEpochMilli())
        .getBytes(UTF_8);
  }

  private void write(int partition, Activity event) {
    Activity placed = Edit.of(event).device("p" + partition);
    write(partition, Topics.encoder(Topics.ACTIVITY).encode(placed));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback sees every failure.
  private void write(int partition, byte[] value) {
    written.get(partition).add(value);
    producer.send(
        new ProducerRecord<>(topic, partition, null, value),
        (sent, problem) -> failed.compareAndSet(null, problem));
  }

  private void flush() {
    producer.flush();
    Optional.ofNullable(failed.get())
        .ifPresent(
            e -> {
              throw new IllegalStateException("the log wasn't written", e);
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
