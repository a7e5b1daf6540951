package io.kappa.benchmarks;

import io.kappa.common.event.Activity;
import io.kappa.local.data.ActivityGenerator;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.LogProducer;
import io.kappa.local.data.Message;
import io.kappa.local.data.RecordStream;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends generated events when they are due, whatever became of those before (open loop). */
final class PacedSender {

  private PacedSender() {}

  /**
   * Sends so many; all are in the log when this returns.
   *
   * @throws BenchmarkException if one of them can't be written
   */
  static SentEvents send(String bootstrap, int rate, int count) {
    return send(bootstrap, rate, count, () -> false);
  }

  /** The same, until it's enough; so many at most. */
  static SentEvents send(String bootstrap, int rate, int count, BooleanSupplier enough) {
    RecordStream<Activity> records =
        ActivityGenerator.records(
            GeneratorSettings.standard(1).atRate(rate).from(System.currentTimeMillis()));
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = LogProducer.open(bootstrap)) {
      producer.partitionsFor("activity");
      SentEvents sent = new SentEvents(System.nanoTime(), rate, count);
      int i = 0;
      for (; i < count && !enough.getAsBoolean(); i++) {
        int event = i;
        restUntil(sent.dueNanos(event));
        Message message = records.next();
        // What the future would say, the callback does.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>("activity", message.key(), message.value()),
                (where, e) -> {
                  if (e == null) {
                    sent.put(event, where.partition(), where.offset());
                  } else {
                    failure.compareAndSet(null, e);
                  }
                });
      }
      producer.flush();
      sent.end(i);
      if (failure.get() != null) {
        throw new BenchmarkException("An event couldn't be written", failure.get());
      }
      return sent;
    }
  }

  private static void restUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
