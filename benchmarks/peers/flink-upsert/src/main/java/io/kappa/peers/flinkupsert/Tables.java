package io.kappa.peers.flinkupsert;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/** The three tables in one schema, and a sink that upserts whole rows into each. */
final class Tables {

  private static final int BATCH_ROWS = 5_000;
  private static final Duration BATCH_INTERVAL = Duration.ofSeconds(1);
  private static final int RETRIES = 3;

  private final String url;
  private final String user;
  private final String password;
  private final String schema;

  /**
   * Nothing is opened here.
   *
   * @param url {@code jdbc:postgresql://host:port/database}
   */
  Tables(String url, String user, String password, String schema) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.schema = '"' + schema.replace("\"", "\"\"") + '"';
  }

  /** Makes the schema and the tables that aren't there. */
  void create() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s.item_hourly (item_id text, hour timestamptz,
            events bigint, users bigint, watch_ms bigint, quantity bigint, revenue_cents bigint,
            PRIMARY KEY (item_id, hour))"""
              .formatted(schema));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s.country_hourly (country text, hour timestamptz,
            events bigint, revenue_cents bigint, PRIMARY KEY (country, hour))"""
              .formatted(schema));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s.item_totals (item_id text PRIMARY KEY,
            events bigint, quantity bigint, revenue_cents bigint,
            first_at timestamptz, last_at timestamptz)"""
              .formatted(schema));
    }
  }

  JdbcSink<ItemHour> itemHourly() {
    return sink(
        """
        INSERT INTO %s.item_hourly
          (item_id, hour, events, users, watch_ms, quantity, revenue_cents)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (item_id, hour) DO UPDATE SET events = excluded.events,
          users = excluded.users, watch_ms = excluded.watch_ms,
          quantity = excluded.quantity, revenue_cents = excluded.revenue_cents""",
        (statement, row) -> {
          statement.setString(1, row.itemId());
          statement.setTimestamp(2, new Timestamp(Hours.start(row.hour())));
          statement.setLong(3, row.events());
          statement.setLong(4, row.users());
          statement.setLong(5, row.watchMs());
          statement.setLong(6, row.quantity());
          statement.setLong(7, row.revenueCents());
        });
  }

  JdbcSink<CountryHour> countryHourly() {
    return sink(
        """
        INSERT INTO %s.country_hourly (country, hour, events, revenue_cents)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (country, hour) DO UPDATE SET events = excluded.events,
          revenue_cents = excluded.revenue_cents""",
        (statement, row) -> {
          statement.setString(1, row.country());
          statement.setTimestamp(2, new Timestamp(Hours.start(row.hour())));
          statement.setLong(3, row.events());
          statement.setLong(4, row.revenueCents());
        });
  }

  JdbcSink<ItemTotal> itemTotals() {
    return sink(
        """
        INSERT INTO %s.item_totals
          (item_id, events, quantity, revenue_cents, first_at, last_at)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (item_id) DO UPDATE SET events = excluded.events,
          quantity = excluded.quantity, revenue_cents = excluded.revenue_cents,
          first_at = excluded.first_at, last_at = excluded.last_at""",
        (statement, row) -> {
          statement.setString(1, row.itemId());
          statement.setLong(2, row.events());
          statement.setLong(3, row.quantity());
          statement.setLong(4, row.revenueCents());
          statement.setTimestamp(5, new Timestamp(row.firstAt()));
          statement.setTimestamp(6, new Timestamp(row.lastAt()));
        });
  }

  /** The driver's reWriteBatchedInserts stays off: a batch has rows of the same key. */
  private <T> JdbcSink<T> sink(String upsert, JdbcStatementBuilder<T> parameters) {
    return JdbcSink.<T>builder()
        .withQueryStatement(upsert.formatted(schema), parameters)
        .withExecutionOptions(
            JdbcExecutionOptions.builder()
                .withBatchSize(BATCH_ROWS)
                .withBatchIntervalMs(BATCH_INTERVAL.toMillis())
                .withMaxRetries(RETRIES)
                .build())
        .buildAtLeastOnce(
            new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(url)
                .withDriverName("org.postgresql.Driver")
                .withUsername(user)
                .withPassword(password)
                .withProperty("ApplicationName", "flink-upsert")
                .build());
  }
}
