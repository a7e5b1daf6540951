package io.kappa.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.LogReading;
import io.kappa.benchmarks.TableSums;
import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.Endpoints;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit has to leave the right tables, or all others are held against something wrong. */
class LimitIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final long NOON = 1_736_164_800_000L;
  private static final int EVENTS = 3_000;
  private static final List<Kind> KINDS = List.of(Kind.values());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"COPY_AT_END", "COMMIT_EACH_SECOND"})
  void itsTablesAreWhatTheLogComesTo(String level) throws Exception {
    String topic = log(new Random(7));
    TestDatabase database = stack.freshDatabase();

    run(topic, database, level);

    try (Connection owner = database.connect(Endpoints.OWNER)) {
      TableSums.of(owner, PeerProcess.SCHEMA)
          .require("It", LogReading.sums(stack.bootstrapServers(), topic).ofTables().values());
    }
  }

  @Test
  void oneRowThatIsWrongIsFound() throws Exception {
    String topic = log(new Random(8));
    TestDatabase database = stack.freshDatabase();
    run(topic, database, "COPY_AT_END");

    try (Connection owner = database.connect(Endpoints.OWNER);
        Statement statement = owner.createStatement()) {
      RowDigest right = RowDigest.of(owner, PeerProcess.SCHEMA);
      right.require("It", RowDigest.of(owner, PeerProcess.SCHEMA));
      // The sums stay as they are.
      statement.execute(
          "UPDATE peer.item_totals SET events = events + (CASE item_id WHEN 'i1' THEN 1 ELSE -1 END)"
              + " WHERE item_id IN ('i1', 'i2')");
      RowDigest wrong = RowDigest.of(owner, PeerProcess.SCHEMA);

      assertThatThrownBy(() -> wrong.require("It", right))
          .isInstanceOf(BenchmarkException.class)
          .hasMessageContaining("item_totals");
    }
  }

  private void run(String topic, TestDatabase database, String level) throws Exception {
    Contender limit =
        new Contender(
            level,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.kappa.benchmarks.limit.Limit",
                "--level=" + level),
            true,
            true,
            "");
    PeerProcess.Ends ends =
        new PeerProcess.Ends(
            stack.bootstrapServers(),
            topic,
            database.jdbcUrl(),
            Endpoints.OWNER,
            database.password(Endpoints.OWNER),
            directory.resolve(level));
    try (PeerProcess process = new PeerProcess(limit, ends, 2)) {
      process.untilEnd(Duration.ofMinutes(2));
      assertThat(process.use().cpuSeconds()).isPositive();
      assertThat(process.use().peakMb()).isPositive();
    }
  }

  private static String log(Random random) throws Exception {
    String topic = stack.freshTopic("limit", 4);
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        Activity event = event(random, i);
        byte[] key =
            event.userId() == null ? null : event.userId().getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(
                new ProducerRecord<>(topic, key, Topics.encoder(Topics.ACTIVITY).encode(event))));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
    return topic;
  }

  private static Activity event(Random random, int number) {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean trade = kind == Kind.PURCHASE || kind == Kind.RETURN;
    return new Activity(
        "e" + number,
        random.nextInt(10) == 0 ? null : "u" + random.nextInt(50),
        "i" + random.nextInt(20),
        kind,
        NOON + number * 5_000L,
        random.nextBoolean() ? (long) random.nextInt(90_000) : null,
        trade ? (long) random.nextInt(9) : null,
        trade ? (long) random.nextInt(99_999) : null,
        random.nextInt(5) == 0 ? null : List.of("Germany", "日本").get(random.nextInt(2)),
        "tv");
  }
}
