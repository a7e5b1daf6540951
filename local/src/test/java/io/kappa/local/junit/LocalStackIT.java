package io.kappa.local.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.local.Endpoints;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocalStackIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @Test
  void aRecordOfSixteenMebibytesIsTakenByATopic() throws Exception {
    String topic = stack.freshTopic("large", 1);
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "max.request.size",
            20_000_000,
            "buffer.memory",
            40_000_000L);
    byte[] value = "x".repeat(16 * 1024 * 1024).getBytes(StandardCharsets.US_ASCII);

    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      RecordMetadata written =
          producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);

      assertThat(written.offset()).isZero();
    }
  }

  @Test
  void eachFreshDatabaseIsEmptyAndBelongsToTheOwner() throws SQLException {
    TestDatabase first = stack.freshDatabase();
    TestDatabase second = stack.freshDatabase();

    try (Connection owner = first.connect(Endpoints.OWNER);
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE kappa.t (a int)");
      statement.execute("CREATE SCHEMA activity_v1");
    }

    assertThat(first.name()).isNotEqualTo(second.name());
    assertThat(one(second, Endpoints.OWNER, "SELECT to_regclass('kappa.t') IS NULL"))
        .isEqualTo("t");
  }

  @Test
  void aReaderCanWriteNothing() {
    TestDatabase database = stack.freshDatabase();

    assertThatThrownBy(() -> one(database, Endpoints.READER, "CREATE TABLE public.t (a int)"))
        .hasMessageContaining("read-only transaction");
    assertThatThrownBy(
            () ->
                one(database, Endpoints.READER, "BEGIN READ WRITE; CREATE TABLE public.t (a int)"))
        .hasMessageContaining("permission denied for schema public");
  }

  @Test
  void theStoreIsDurableAndSortsTheSameEverywhere() throws SQLException {
    TestDatabase database = stack.freshDatabase();

    String settings =
        one(
            database,
            Endpoints.OWNER,
            """
            SELECT concat_ws(' ', current_setting('fsync'), current_setting('data_checksums'),
                   current_setting('synchronous_commit'),
                   datlocprovider, datlocale)
              FROM pg_database WHERE datname = current_database()""");

    assertThat(settings).isEqualTo("on on on b C.UTF-8");
  }

  @Test
  void aWrongPasswordIsRefused() {
    TestDatabase database = stack.freshDatabase();

    assertThatThrownBy(
            () ->
                java.sql.DriverManager.getConnection(database.jdbcUrl(), Endpoints.OWNER, "not it"))
        .hasMessageContaining("password authentication failed");
  }

  private static String one(TestDatabase database, String role, String sql) throws SQLException {
    try (Connection connection = database.connect(role);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
