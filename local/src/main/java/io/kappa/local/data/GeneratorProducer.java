package io.kappa.local.data;

import io.kappa.common.event.serde.Topic;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/** Sends generated records to a topic: as fast as the log takes them, or at a rate. */
public final class GeneratorProducer {

  private static final int RECORDS_PER_REPORT = 1000;
  private static final int REPORTS_PER_SECOND = 4;
  private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(1);

  private final Producer<byte[], byte[]> producer;
  private final Topic<?> topic;
  private final Pace pace;

  /**
   * @param producer such as {@link LogProducer} opens; stays open
   */
  public GeneratorProducer(Producer<byte[], byte[]> producer, Topic<?> topic) {
    this(producer, topic, Pace.MACHINE);
  }

  GeneratorProducer(Producer<byte[], byte[]> producer, Topic<?> topic, Pace pace) {
    this.producer = producer;
    this.topic = topic;
    this.pace = pace;
  }

  /**
   * Sends so many records, or fewer where they end or it is stopped. All of them are in the log
   * when this returns.
   *
   * @return how many were sent
   * @throws DataException if one of them can't be written
   */
  public long send(
      Iterator<Message> records, long count, BooleanSupplier stopped, Progress progress) {
    LogWriter writer = new LogWriter(producer, topic.name());
    while (writer.sent() < count && records.hasNext() && !stopped.getAsBoolean()) {
      send(records.next(), writer);
      if (writer.sent() % RECORDS_PER_REPORT == 0) {
        progress.at(writer.sent(), count, writer.sent());
      }
    }
    return finished(writer, count, progress);
  }

  /**
   * Sends records at a rate until so many are sent, they end or it is stopped. The rate doesn't
   * wait for the log (open loop): what a slow moment held up is sent right after it.
   *
   * @param count {@link Long#MAX_VALUE}: without end
   * @return how many were sent
   * @throws DataException if one of them can't be written
   */
  public long sendAtRate(
      Iterator<Message> records,
      double perSecond,
      long count,
      BooleanSupplier stopped,
      Progress progress) {
    LogWriter writer = new LogWriter(producer, topic.name());
    long total = count == Long.MAX_VALUE ? 0 : count;
    long perReport = Math.max(1, (long) (perSecond / REPORTS_PER_SECOND));
    double perNano = perSecond / 1e9;
    long start = pace.nanos();
    while (writer.sent() < count && records.hasNext() && !stopped.getAsBoolean()) {
      long passed = pace.nanos() - start;
      if (writer.sent() > passed * perNano) {
        long wait = (long) (writer.sent() / perNano) - passed;
        pace.rest(Math.max(wait, SHORTEST_REST));
        continue;
      }
      send(records.next(), writer);
      if (writer.sent() % perReport == 0) {
        progress.at(writer.sent(), total, writer.sent());
      }
    }
    return finished(writer, total, progress);
  }

  private static void send(Message record, LogWriter writer) {
    writer.send(record.key(), record.value());
  }

  private static long finished(LogWriter writer, long total, Progress progress) {
    writer.finish();
    progress.at(writer.sent(), total, writer.sent());
    return writer.sent();
  }
}
