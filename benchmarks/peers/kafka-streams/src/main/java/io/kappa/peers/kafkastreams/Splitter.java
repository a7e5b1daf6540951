package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records, adds up countries where they are read, and sends each event, in short form, to the
 * partition of its item.
 */
final class Splitter implements Processor<byte[], byte[], Integer, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(Splitter.class);

  private final EventReader reader = new EventReader();
  private final Event event = new Event();
  private final Out scratch = new Out(64);
  private final Bundle[] bundles;

  private ProcessorContext<Integer, byte[]> context;
  private KeyValueStore<byte[], byte[]> store;
  private Hot<NameHour, CountryPart> countries;
  private long broken;

  /**
   * @param partitions how many there are to send to
   */
  Splitter(int partitions) {
    bundles = new Bundle[partitions];
  }

  @Override
  public void init(ProcessorContext<Integer, byte[]> taskContext) {
    context = taskContext;
    store = context.getStateStore(PeerTopology.COUNTRY_PARTS);
    countries = new Hot<>(this::load);
    Arrays.setAll(bundles, partition -> new Bundle());
    CommitHook.set(context, PeerTopology.SPLITTER_COMMITS, this::flush);
  }

  private CountryPart load(NameHour key) {
    byte[] stored = store.get(key.key());
    return stored == null ? new CountryPart() : new CountryPart(stored);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null || !reader.read(record.value(), event)) {
      skip();
      return;
    }
    if (!event.country.isEmpty()) {
      NameHour key = new NameHour(event.country.toString(), event.hour());
      countries.change(key).add(event.isTrade ? event.amountCents : 0);
    }
    int partition = event.item.partition(bundles.length);
    bundles[partition].add(event);
    if (bundles[partition].isFull()) {
      send(partition);
    }
  }

  private void skip() {
    if (broken == 0) {
      LOG.error("A record is no event; it and all others like it are left out");
    }
    broken++;
  }

  private void flush() {
    for (Hot.Entry<NameHour, CountryPart> entry : countries.changed()) {
      NameHour key = entry.key();
      CountryPart part = entry.value();
      store.put(key.key(), part.toBytes(scratch));
      byte[] name = key.name().getBytes(UTF_8);
      int partition = Math.floorMod(Text.hash(name, 0, name.length), bundles.length);
      bundles[partition].add(
          name, key.hour(), context.taskId().partition(), part.events(), part.revenueCents());
    }
    countries.settle();
    for (int partition = 0; partition < bundles.length; partition++) {
      if (!bundles[partition].isEmpty()) {
        send(partition);
      }
    }
  }

  private void send(int partition) {
    byte[] bundle = bundles[partition].take();
    context.forward(new Record<>(partition, bundle, context.currentSystemTimeMs()));
  }
}
