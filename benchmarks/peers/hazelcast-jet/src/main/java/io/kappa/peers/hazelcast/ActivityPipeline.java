package io.kappa.peers.hazelcast;

import com.hazelcast.jet.config.EdgeConfig;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.core.Vertex;
import com.hazelcast.jet.core.WatermarkPolicy;
import com.hazelcast.jet.kafka.KafkaProcessors;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** From the topic to the three tables. */
final class ActivityPipeline {

  /** By how much an event may be behind others of its partition. */
  private static final long LAG_MS = TimeUnit.HOURS.toMillis(3);

  /** How many items a writer has waiting; an item is all that changed in a second. */
  private static final int WAITING_BATCHES = 2;

  private static final int WAITING_EVENTS = 4096;

  private ActivityPipeline() {}

  static DAG of(Options options) {
    Tables tables = options.tables();
    DAG dag = new DAG();
    Vertex source =
        dag.newVertex(
                "activity",
                KafkaProcessors.<byte[], byte[], Activity>streamKafkaP(
                    consumer(options.bootstrap()),
                    (ConsumerRecord<byte[], byte[]> kafka) -> Decoder.decode(kafka.value()),
                    eventTime(),
                    options.topic()))
            .localParallelism(options.parallelism());

    Vertex items =
        dag.newVertex("items", ProcessorSupplier.of(ItemFold::new))
            .localParallelism(options.parallelism());
    Vertex itemTables =
        dag.newVertex("item tables", ProcessorSupplier.of(() -> new TableWriter(tables)))
            .localParallelism(options.parallelism());
    dag.edge(
        Edge.from(source, 0)
            .to(items)
            .partitioned(Activity::item, new CachingPartitioner())
            .setConfig(queue(WAITING_EVENTS)));
    dag.edge(Edge.between(items, itemTables).isolated().setConfig(queue(WAITING_BATCHES)));

    // Countries are few, so one processor has them all and no event needs to be partitioned.
    Vertex countries =
        dag.newVertex("countries", ProcessorSupplier.of(CountryFold::new)).localParallelism(1);
    Vertex countryTable =
        dag.newVertex("country table", ProcessorSupplier.of(() -> new TableWriter(tables)))
            .localParallelism(1);
    dag.edge(Edge.from(source, 1).to(countries).setConfig(queue(WAITING_EVENTS)));
    dag.edge(Edge.between(countries, countryTable).isolated().setConfig(queue(WAITING_BATCHES)));
    return dag;
  }

  /** No partition counts as idle: a slow one must not make its events late. */
  private static EventTimePolicy<Activity> eventTime() {
    return EventTimePolicy.eventTimePolicy(
        Activity::at, WatermarkPolicy.limitingLag(LAG_MS), TimeUnit.HOURS.toMillis(1), 0, 0);
  }

  private static EdgeConfig queue(int size) {
    return new EdgeConfig().setQueueSize(size);
  }

  private static Properties consumer(String bootstrap) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    properties.setProperty(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.setProperty(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return properties;
  }
}
