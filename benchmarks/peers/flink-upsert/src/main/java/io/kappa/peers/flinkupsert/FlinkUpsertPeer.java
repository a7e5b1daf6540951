package io.kappa.peers.flinkupsert;

import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Plain Flink with an upsert sink: each event changes rows, each changed row is sent. */
public final class FlinkUpsertPeer {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  /** How far events may be behind the newest of their partition; only frees state. */
  private static final Duration LATENESS = Duration.ofHours(3);

  private FlinkUpsertPeer() {}

  /** Runs until the process is ended. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Tables tables =
        new Tables(
            arguments.jdbc(),
            arguments.user(),
            Objects.requireNonNull(System.getenv("PEER_PASSWORD"), "PEER_PASSWORD isn't set"),
            arguments.schema());
    tables.create();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            arguments.parallelism(), settings(arguments));
    build(environment, arguments, tables);
    environment.execute("flink-upsert");
  }

  private static Configuration settings(Arguments arguments) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        arguments.directory().resolve("checkpoints").toString());
    settings.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
    settings.set(CoreOptions.TMP_DIRS, arguments.directory().resolve("tmp").getPath());
    return settings;
  }

  private static void build(
      StreamExecutionEnvironment environment, Arguments arguments, Tables tables) {
    DataStream<ItemEvent> events =
        environment
            .fromSource(
                source(arguments),
                WatermarkStrategy.<ItemEvent>forBoundedOutOfOrderness(LATENESS)
                    .withTimestampAssigner((event, recorded) -> event.at()),
                "activity")
            .uid("activity");

    SingleOutputStreamOperator<ItemHour> items =
        events.keyBy(ItemEvent::itemId).process(new ItemFunction()).name("items").uid("items");
    items.sinkTo(tables.itemHourly()).name("item_hourly").uid("item_hourly");
    items
        .getSideOutput(ItemFunction.TOTALS)
        .sinkTo(tables.itemTotals())
        .name("item_totals")
        .uid("item_totals");

    events
        .filter(event -> event.country() != null)
        .map(event -> new CountryEvent(event.country(), event.at(), event.revenueCents()))
        .returns(TypeInformation.of(CountryEvent.class))
        .keyBy(CountryEvent::country)
        .process(new CountryFunction())
        .name("countries")
        .uid("countries")
        .sinkTo(tables.countryHourly())
        .name("country_hourly")
        .uid("country_hourly");
  }

  private static KafkaSource<ItemEvent> source(Arguments arguments) {
    return KafkaSource.<ItemEvent>builder()
        .setBootstrapServers(arguments.bootstrap())
        .setTopics(arguments.topic())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setValueOnlyDeserializer(new EventDecoder())
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
        // The place in the log is in the checkpoints.
        .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
        .build();
  }
}
