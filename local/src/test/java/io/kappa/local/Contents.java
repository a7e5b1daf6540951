package io.kappa.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a test has put into the broker and the store of a stack, and finds there. */
record Contents(List<String> records, List<String> rows) {

  private static final TopicPartition LOG = new TopicPartition("log", 0);

  static void prepare(Endpoints endpoints) throws Exception {
    try (Admin admin = Admin.create(client(endpoints))) {
      admin.createTopics(List.of(new NewTopic(LOG.topic(), 1, (short) 1))).all().get();
    }
    execute(endpoints, "CREATE TABLE kappa.row (value text)");
  }

  static void add(Endpoints endpoints, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(client(endpoints), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(LOG.topic(), value)).get(20, TimeUnit.SECONDS);
    }
    execute(endpoints, "INSERT INTO kappa.row VALUES ('%s')".formatted(value));
  }

  static Contents of(Endpoints endpoints) throws SQLException {
    return new Contents(records(endpoints), rows(endpoints));
  }

  private static List<String> records(Endpoints endpoints) {
    List<String> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            client(endpoints), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(LOG));
      consumer.seekToBeginning(List.of(LOG));
      long end = consumer.endOffsets(List.of(LOG)).get(LOG);
      while (consumer.position(LOG) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> all.add(record.value()));
      }
    }
    return all;
  }

  private static List<String> rows(Endpoints endpoints) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM kappa.row ORDER BY ctid")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  private static void execute(Endpoints endpoints, String sql) throws SQLException {
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Endpoints endpoints) throws SQLException {
    return DriverManager.getConnection(
        endpoints.jdbcUrl(), Endpoints.OWNER, endpoints.password(Endpoints.OWNER));
  }

  private static Map<String, Object> client(Endpoints endpoints) {
    return Map.of("bootstrap.servers", endpoints.kafkaBootstrap());
  }
}
