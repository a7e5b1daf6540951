package io.kappa.local.data;

import io.kappa.common.event.serde.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends the records of a generated world to their topics, counts them, and tells the truth about
 * them.
 */
public final class WorldProducer {

  private final World world;
  private final FraudTruth truth;
  private final Pace pace;
  private final Map<Topic<?>, LogWriter> writers = new LinkedHashMap<>();
  private final Map<Topic<?>, TopicTally> tallies = new LinkedHashMap<>();

  /**
   * @param producer such as {@link LogProducer} opens; stays open
   * @param truth about the same world; stays open
   */
  public WorldProducer(Producer<byte[], byte[]> producer, World world, FraudTruth truth) {
    this(producer, world, truth, Pace.MACHINE);
  }

  WorldProducer(Producer<byte[], byte[]> producer, World world, FraudTruth truth, Pace pace) {
    this.world = world;
    this.truth = truth;
    this.pace = pace;
    for (Topic<?> topic : world.settings().topics()) {
      int partitions = producer.partitionsFor(topic.name()).size();
      writers.put(topic, new LogWriter(producer, topic.name()));
      tallies.put(topic, new TopicTally(partitions));
    }
  }

  /**
   * Sends so many records over all topics, or fewer where it is stopped. All of them are in the log
   * when this returns.
   *
   * @return how many were sent
   * @throws DataException if one of them can't be written
   */
  public long send(long count, BooleanSupplier stopped, Progress progress) {
    return new Pump(new AllTopics(), pace, stopped, progress).run(count);
  }

  /**
   * Sends records until so many are sent or it is stopped, each when its moment has come: time
   * passes as it does in the world. That doesn't wait for the log (open loop).
   *
   * @param count {@link Long#MAX_VALUE}: without end
   * @param perSecond about how many that is a second, as the world's settings have it
   * @return how many were sent
   * @throws DataException if one of them can't be written
   */
  public long sendAtRate(double perSecond, long count, BooleanSupplier stopped, Progress progress) {
    return new Pump(new AllTopics(), pace, stopped, progress).runAtRate(count, perSecond);
  }

  /** What was sent so far, per topic. */
  public Map<Topic<?>, TopicCounts> counts() {
    Map<Topic<?>, TopicCounts> counts = new LinkedHashMap<>();
    tallies.forEach((topic, tally) -> counts.put(topic, tally.counts()));
    return counts;
  }

  /** The records of the world, each due when its moment has come. */
  private final class AllTopics implements Pump.Line {

    private final long first = world.moment();

    @Override
    public boolean hasNext() {
      return world.hasNext();
    }

    @Override
    public long dueNanos() {
      return TimeUnit.MILLISECONDS.toNanos(world.moment() - first);
    }

    @Override
    public void send() {
      GeneratedRecord<?> record = world.next();
      writers.get(record.topic()).send(record.message().key(), record.message().value());
      truth.add(record, tallies.get(record.topic()).add(record));
    }

    @Override
    public void finish() {
      writers.values().forEach(LogWriter::finish);
    }
  }
}
