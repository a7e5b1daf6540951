package io.kappa.benchmarks.limit;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;

/** The tables of {@code activity-metrics}, and the two ways into them. */
final class Tables {

  private record Shape(String name, String columns, String key, String set) {}

  private static final List<Shape> ALL =
      List.of(
          new Shape(
              "item_hourly",
              "item_id text, hour timestamptz, events bigint, users bigint, watch_ms bigint,"
                  + " quantity bigint, revenue_cents bigint",
              "item_id, hour",
              "events = excluded.events, users = excluded.users, watch_ms = excluded.watch_ms,"
                  + " quantity = excluded.quantity, revenue_cents = excluded.revenue_cents"),
          new Shape(
              "country_hourly",
              "country text, hour timestamptz, events bigint, revenue_cents bigint",
              "country, hour",
              "events = excluded.events, revenue_cents = excluded.revenue_cents"),
          new Shape(
              "item_totals",
              "item_id text, events bigint, quantity bigint, revenue_cents bigint,"
                  + " first_at timestamptz, last_at timestamptz",
              "item_id",
              "events = excluded.events, quantity = excluded.quantity,"
                  + " revenue_cents = excluded.revenue_cents, first_at = excluded.first_at,"
                  + " last_at = excluded.last_at"));

  private final Connection connection;
  private final String schema;

  /**
   * Makes the schema and its tables.
   *
   * @param keyed whether rows are found by their key from the beginning
   */
  Tables(Connection connection, String schema, boolean keyed) throws SQLException {
    this.connection = connection;
    this.schema = schema;
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      statement.execute("SET search_path = " + schema);
      for (Shape shape : ALL) {
        statement.execute("CREATE TABLE %s (%s)".formatted(shape.name(), shape.columns()));
        if (keyed) {
          addKey(statement, shape);
          statement.execute(
              "CREATE TEMP TABLE incoming_%s (%s) ON COMMIT DELETE ROWS"
                  .formatted(shape.name(), shape.columns()));
        }
      }
      statement.execute(
          "CREATE TABLE position (topic text, partition int, next bigint,"
              + " PRIMARY KEY (topic, partition))");
    }
    connection.commit();
  }

  private static void addKey(Statement statement, Shape shape) throws SQLException {
    statement.execute("ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(shape.name(), shape.key()));
  }

  /** Fills the empty tables, and gives them their keys then. */
  void fill(Sums sums) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (Shape shape : ALL) {
        copy(schema + "." + shape.name(), rows(shape, sums, sums));
        addKey(statement, shape);
        statement.execute("ANALYZE " + shape.name());
      }
    }
    connection.commit();
  }

  /** Sets the rows that changed, and the offsets, in one transaction. */
  void set(Sums changed, Sums whole, Map<TopicPartition, Long> next)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (Shape shape : ALL) {
        copy("incoming_" + shape.name(), rows(shape, changed, whole));
        statement.execute(
            "INSERT INTO %1$s SELECT * FROM incoming_%1$s ORDER BY %2$s ON CONFLICT (%2$s) DO UPDATE SET %3$s"
                .formatted(shape.name(), shape.key(), shape.set()));
      }
      for (Map.Entry<TopicPartition, Long> entry : next.entrySet()) {
        statement.execute(
            "INSERT INTO position VALUES ('%s', %d, %d) ON CONFLICT (topic, partition) DO UPDATE SET next = excluded.next"
                .formatted(entry.getKey().topic(), entry.getKey().partition(), entry.getValue()));
      }
    }
    connection.commit();
  }

  private static StringBuilder rows(Shape shape, Sums keys, Sums values) {
    return switch (shape.name()) {
      case "item_hourly" -> Rows.itemHourly(keys, values);
      case "country_hourly" -> Rows.countryHourly(keys, values);
      default -> Rows.itemTotals(keys, values);
    };
  }

  private void copy(String table, StringBuilder rows) throws SQLException, IOException {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY %s FROM STDIN".formatted(table), new StringReader(rows.toString()));
  }
}
