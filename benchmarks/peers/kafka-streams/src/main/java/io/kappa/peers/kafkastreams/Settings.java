package io.kappa.peers.kafkastreams;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams and its clients are set; README.md says why. */
record Settings(Properties properties) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  static Settings of(Options options) {
    Properties all = new Properties();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, "kappa-peer-" + options.schema());
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrap());
    all.put(StreamsConfig.STATE_DIR_CONFIG, options.directory().resolve("state").toString());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.parallelism());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, options.guarantee());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.commitMs());
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    consumer(all);
    producer(all);
    return new Settings(all);
  }

  private static void consumer(Properties all) {
    all.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    all.put(consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
    all.put(consumer(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), MIB);
    all.put(consumer(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 64 * KIB);
    all.put(consumer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 100);
    all.put(consumer(ConsumerConfig.RECEIVE_BUFFER_CONFIG), MIB);
    // The broker checks each batch that it takes; once is enough.
    all.put(consumer(ConsumerConfig.CHECK_CRCS_CONFIG), false);
  }

  private static void producer(Properties all) {
    all.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    all.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 256 * KIB);
    all.put(producer(ProducerConfig.LINGER_MS_CONFIG), 100);
    all.put(producer(ProducerConfig.BUFFER_MEMORY_CONFIG), 64 * MIB);
    all.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 16 * MIB);
    all.put(producer(ProducerConfig.SEND_BUFFER_CONFIG), MIB);
    all.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000);
  }

  private static String consumer(String name) {
    return StreamsConfig.consumerPrefix(name);
  }

  private static String producer(String name) {
    return StreamsConfig.producerPrefix(name);
  }
}
