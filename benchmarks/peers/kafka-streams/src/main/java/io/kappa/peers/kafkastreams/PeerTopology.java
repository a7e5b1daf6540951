package io.kappa.peers.kafkastreams;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * From the topic by {@link Splitter} to the partition of the item or country, then by {@link
 * Folder}.
 */
final class PeerTopology {

  /** As many as {@code activity} has. */
  static final int PARTITIONS = 4;

  static final String COUNTRY_PARTS = "country-parts";
  static final String ITEM_HOURS = "item-hours";
  static final String ITEM_TOTALS = "item-totals";
  static final String COUNTRY_HOURS = "country-hours";
  static final String SPLITTER_COMMITS = "splitter-commits";
  static final String FOLDER_COMMITS = "folder-commits";

  private PeerTopology() {}

  static Topology of(Options options) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(options.topic(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(
            supplier(() -> new Splitter(PARTITIONS), store(COUNTRY_PARTS), hook(SPLITTER_COMMITS)),
            Named.as("split"))
        .repartition(
            Repartitioned.with(Serdes.Integer(), Serdes.ByteArray())
                .withName("by-item-and-country")
                .withNumberOfPartitions(PARTITIONS)
                .withStreamPartitioner(
                    (topic, partition, bundle, count) -> Optional.of(Set.of(partition))))
        .process(
            supplier(
                () -> new Folder(options),
                store(ITEM_HOURS),
                store(ITEM_TOTALS),
                store(COUNTRY_HOURS),
                hook(FOLDER_COMMITS)),
            Named.as("fold"));
    return builder.build();
  }

  /** On disk and with a changelog; the processors keep the recent values themselves. */
  private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  private static StoreBuilder<CommitHook> hook(String name) {
    return new CommitHook.Builder(name);
  }

  private static <A, B, C, D> ProcessorSupplier<A, B, C, D> supplier(
      Supplier<Processor<A, B, C, D>> processor, StoreBuilder<?>... stores) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<A, B, C, D> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(stores);
      }
    };
  }
}
