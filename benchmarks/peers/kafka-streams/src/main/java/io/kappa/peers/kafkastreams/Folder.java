package io.kappa.peers.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds up the items and countries of its partition; before each commit, stores and tables follow.
 */
final class Folder implements Processor<Integer, byte[], Void, Void>, Bundle.Reader {

  /** More than this many changed rows of items' hours aren't held: that bounds the memory. */
  private static final int MOST_CHANGED = 50_000;

  private final Options options;
  private final Out scratch = new Out(256);

  private KeyValueStore<byte[], byte[]> itemHourStore;
  private KeyValueStore<byte[], byte[]> itemTotalStore;
  private KeyValueStore<byte[], byte[]> countryHourStore;
  private Hot<NameHour, ItemHour> itemHours;
  private Hot<String, ItemTotal> itemTotals;
  private Hot<NameHour, CountryHour> countryHours;
  private Tables tables;

  Folder(Options options) {
    this.options = options;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    itemHourStore = context.getStateStore(PeerTopology.ITEM_HOURS);
    itemTotalStore = context.getStateStore(PeerTopology.ITEM_TOTALS);
    countryHourStore = context.getStateStore(PeerTopology.COUNTRY_HOURS);
    itemHours = new Hot<>(key -> load(itemHourStore, key.key(), ItemHour::new, new ItemHour()));
    itemTotals =
        new Hot<>(
            item -> load(itemTotalStore, item.getBytes(UTF_8), ItemTotal::new, new ItemTotal()));
    countryHours =
        new Hot<>(key -> load(countryHourStore, key.key(), CountryHour::new, new CountryHour()));
    tables = new Tables(options);
    CommitHook.set(context, PeerTopology.FOLDER_COMMITS, this::flush);
  }

  private static <V> V load(
      KeyValueStore<byte[], byte[]> store, byte[] key, Function<byte[], V> read, V fresh) {
    byte[] stored = store.get(key);
    return stored == null ? fresh : read.apply(stored);
  }

  @Override
  public void process(Record<Integer, byte[]> record) {
    Bundle.read(record.value(), this);
    if (itemHours.changed().size() >= MOST_CHANGED) {
      flush();
    }
  }

  @Override
  public void event(
      String item, long at, In in, int userLength, long watchMs, long quantity, long cents) {
    ItemHour hour = itemHours.change(new NameHour(item, Math.floorDiv(at, Event.HOUR_MS)));
    hour.add(watchMs, quantity, cents);
    if (userLength > 0) {
      hour.users().add(in.bytes(), in.position(), userLength);
    }
    itemTotals.change(item).add(at, quantity, cents);
  }

  @Override
  public void country(String country, long hour, int partition, long events, long cents) {
    countryHours.change(new NameHour(country, hour)).set(partition, events, cents);
  }

  private void flush() {
    for (Hot.Entry<NameHour, ItemHour> entry : sorted(itemHours)) {
      NameHour key = entry.key();
      itemHourStore.put(key.key(), entry.value().toBytes(scratch));
      tables.itemHourly().add(key.name(), entry.value().row(key.hour()));
    }
    itemHours.settle();
    for (Hot.Entry<String, ItemTotal> entry : sorted(itemTotals)) {
      itemTotalStore.put(entry.key().getBytes(UTF_8), entry.value().toBytes(scratch));
      tables.itemTotals().add(entry.key(), entry.value().row());
    }
    itemTotals.settle();
    for (Hot.Entry<NameHour, CountryHour> entry : sorted(countryHours)) {
      NameHour key = entry.key();
      countryHourStore.put(key.key(), entry.value().toBytes(scratch));
      tables.countryHourly().add(key.name(), entry.value().row(key.hour()));
    }
    countryHours.settle();
    tables.commit();
  }

  /** In the order of the table's key: neighbours share pages. */
  private static <K extends Comparable<? super K>, V> List<Hot.Entry<K, V>> sorted(Hot<K, V> hot) {
    hot.changed().sort(Comparator.comparing(Hot.Entry::key));
    return hot.changed();
  }

  @Override
  public void close() {
    tables.close();
  }
}
