package io.kappa.benchmarks;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Other records for the same events: what a log of {@code activity} is copied to.
 *
 * @param fields which of an event's are kept
 * @param bytes how long a value is at least; a nested field that no job uses fills it
 * @param times how often the log is repeated, each time later by {@link #period}
 * @param period how much later
 * @param compression as Kafka calls it
 */
public record Shape(Fields fields, int bytes, int times, Duration period, String compression) {

  /** Which fields of an event are kept. */
  public enum Fields {
    ALL,
    /** Those that a key of some table needs: who, what, where and when. */
    OF_KEYS,
    /** What and when alone, so that there is nothing to do but to count. */
    OF_ITEM
  }

  /** As {@code kappa generate} and {@code kappa load} write it. */
  public static final Shape AS_IT_IS = new Shape(Fields.ALL, 0, 1, Duration.ZERO, "lz4");

  /** Only who, what, where and when: some 90 bytes. */
  public Shape slim() {
    return new Shape(Fields.OF_KEYS, bytes, times, period, compression);
  }

  /** Only what and when: some 60 bytes, as of one who counts words. */
  public Shape ofItem() {
    return new Shape(Fields.OF_ITEM, bytes, times, period, compression);
  }

  /** Values of that many bytes. */
  public Shape wide(int most) {
    return new Shape(fields, most, times, period, compression);
  }

  /** Otherwise compressed. */
  public Shape compressed(String by) {
    return new Shape(fields, bytes, times, period, by);
  }

  /** So often, one after the other. */
  public Shape repeated(int often, Duration each) {
    return new Shape(fields, bytes, often, each, compression);
  }

  /** Copies a topic from one broker to another, where it isn't yet. */
  void copy(String from, String to, String topic) {
    TopicCreation.ensure(to, topic, LogReading.partitions(from, topic));
    Random random = new Random(1);
    AtomicReference<Exception> refused = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = LogProducer.open(to, compression)) {
      for (int time = 0; time < times; time++) {
        int now = time;
        LogReading.each(
            from,
            topic,
            record -> {
              byte[] value = value(record.value(), now, random);
              var unused =
                  producer.send(
                      new ProducerRecord<>(topic, record.partition(), record.key(), value),
                      (sent, failure) -> refused.compareAndSet(null, failure));
            });
      }
    }
    if (refused.get() != null) {
      throw new BenchmarkException("The broker refuses a record", refused.get());
    }
  }

  /** What a value becomes when it's copied for the nth time, from 0 on. */
  byte[] value(byte[] value, int time, Random random) {
    byte[] event = fields != Fields.ALL || time > 0 ? changed(value, time) : value;
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
            switch (fields) {
              case ALL ->
                  new Activity(
                      id,
                      event.userId(),
                      event.itemId(),
                      event.kind(),
                      at,
                      event.durationMs(),
                      event.quantity(),
                      event.amountCents(),
                      event.country(),
                      event.device());
              case OF_KEYS -> keys(event, id, at, event.userId(), event.country());
              case OF_ITEM -> keys(event, id, at, null, null);
            });
  }

  private static Activity keys(Activity event, String id, long at, String user, String country) {
    return new Activity(
        id, user, event.itemId(), event.kind(), at, null, null, null, country, null);
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
