package io.kappa.local.data;

import io.kappa.common.event.serde.Topic;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/** Sends generated records to a topic: as fast as the log takes them, or at a rate. */
public final class GeneratorProducer {

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
    return new Pump(new OneTopic(records, 1), pace, stopped, progress).run(count);
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
    return new Pump(new OneTopic(records, perSecond), pace, stopped, progress)
        .runAtRate(count, perSecond);
  }

  /** Records of one topic, each due so long after the one before. */
  private final class OneTopic implements Pump.Line {

    private final Iterator<Message> records;
    private final double perNano;
    private final LogWriter writer = new LogWriter(producer, topic.name());

    OneTopic(Iterator<Message> records, double perSecond) {
      this.records = records;
      this.perNano = perSecond / 1e9;
    }

    @Override
    public boolean hasNext() {
      return records.hasNext();
    }

    @Override
    public long dueNanos() {
      return (long) (writer.sent() / perNano);
    }

    @Override
    public void send() {
      Message record = records.next();
      writer.send(record.key(), record.value());
    }

    @Override
    public void finish() {
      writer.finish();
    }
  }
}
