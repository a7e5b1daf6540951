package io.kappa.local.data;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes records to one topic. A record that can't be written ends the writing, loudly. */
final class LogWriter {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong written = new AtomicLong();
  private int partitions;
  private long sent;
  private long bytes;

  LogWriter(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Hands a record over; it's in the log once {@link #finish()} has returned.
   *
   * @param key {@code null}: the value decides the partition, so that copies stay together and the
   *     same records make the same partitions
   * @throws DataException if this record or one before it can't be written
   */
  void send(byte[] key, byte[] value) {
    check();
    try {
      Integer partition = key == null && value != null ? partitionOf(value) : null;
      // What the future would say, the callback does.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, partition, key, value), (metadata, e) -> note(e));
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      check();
    }
    sent++;
    bytes += value == null ? 0 : value.length;
  }

  /**
   * Waits until every record is in the log.
   *
   * @throws DataException if one of them can't be written
   */
  void finish() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    check();
  }

  long sent() {
    return sent;
  }

  /** Bytes of the values handed over. */
  long bytes() {
    return bytes;
  }

  private int partitionOf(byte[] value) {
    if (partitions == 0) {
      partitions = producer.partitionsFor(topic).size();
    }
    return Partitions.of(null, value, partitions);
  }

  private void note(Exception e) {
    if (e == null) {
      written.incrementAndGet();
    } else {
      failure.compareAndSet(null, e);
    }
  }

  private void check() {
    Exception e = failure.get();
    if (e != null) {
      throw new DataException(
          "topic %s: a record could not be written (%s: %s); %d of %d handed over so far are in the log"
              .formatted(topic, e.getClass().getSimpleName(), e.getMessage(), written.get(), sent),
          "See that the broker is up and has room, then give the command again: copies of an event count once",
          e);
    }
  }
}
