package io.kappa.peers.hazelcast;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The tables in PostgreSQL. An upsert takes an array for each column, so it is one statement
 * however many rows there are.
 *
 * @param jdbcUrl without user and password
 */
record Tables(String jdbcUrl, String user, String password, String schema) implements Serializable {

  private static final String DDL =
      """
      CREATE SCHEMA IF NOT EXISTS %1$s;
      CREATE TABLE IF NOT EXISTS %1$s.item_hourly (
        item_id text, hour timestamptz, events bigint, users bigint, watch_ms bigint,
        quantity bigint, revenue_cents bigint, PRIMARY KEY (item_id, hour));
      CREATE TABLE IF NOT EXISTS %1$s.country_hourly (
        country text, hour timestamptz, events bigint, revenue_cents bigint,
        PRIMARY KEY (country, hour));
      CREATE TABLE IF NOT EXISTS %1$s.item_totals (
        item_id text PRIMARY KEY, events bigint, quantity bigint, revenue_cents bigint,
        first_at timestamptz, last_at timestamptz);
      """;

  private static final String ITEM_HOURLY =
      """
      INSERT INTO %s.item_hourly
        (item_id, hour, events, users, watch_ms, quantity, revenue_cents)
      SELECT item_id, to_timestamp(hour * 3600), events, users, watch_ms, quantity, revenue_cents
      FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[]) AS r (item_id, hour, events, users, watch_ms, quantity, revenue_cents)
      ON CONFLICT (item_id, hour) DO UPDATE SET
        events = excluded.events, users = excluded.users, watch_ms = excluded.watch_ms,
        quantity = excluded.quantity, revenue_cents = excluded.revenue_cents
      """;

  private static final String COUNTRY_HOURLY =
      """
      INSERT INTO %s.country_hourly (country, hour, events, revenue_cents)
      SELECT country, to_timestamp(hour * 3600), events, revenue_cents
      FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS r (country, hour, events, revenue_cents)
      ON CONFLICT (country, hour) DO UPDATE SET
        events = excluded.events, revenue_cents = excluded.revenue_cents
      """;

  private static final String ITEM_TOTALS =
      """
      INSERT INTO %s.item_totals
        (item_id, events, quantity, revenue_cents, first_at, last_at)
      SELECT item_id, events, quantity, revenue_cents,
        to_timestamp(first_at / 1000::float8), to_timestamp(last_at / 1000::float8)
      FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS r (item_id, events, quantity, revenue_cents, first_at, last_at)
      ON CONFLICT (item_id) DO UPDATE SET
        events = excluded.events, quantity = excluded.quantity,
        revenue_cents = excluded.revenue_cents, first_at = excluded.first_at,
        last_at = excluded.last_at
      """;

  /** A connection that commits only when told to. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "kappa-peer-hazelcast-jet");
    Connection connection = DriverManager.getConnection(jdbcUrl, properties);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Makes the schema and the tables that aren't there. */
  void create() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(DDL.formatted(quoted()));
      connection.commit();
    }
  }

  /** The upsert of {@code item_hourly}; hours in hours since the epoch. */
  String itemHourly() {
    return ITEM_HOURLY.formatted(quoted());
  }

  /** The upsert of {@code country_hourly}; hours in hours since the epoch. */
  String countryHourly() {
    return COUNTRY_HOURLY.formatted(quoted());
  }

  /** The upsert of {@code item_totals}; moments in milliseconds since the epoch. */
  String itemTotals() {
    return ITEM_TOTALS.formatted(quoted());
  }

  /** Runs one of the upserts above: its keys, then the other columns in their order. */
  void upsert(Connection connection, String sql, String[] keys, long[]... columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      PGConnection arrays = connection.unwrap(PGConnection.class);
      statement.setArray(1, arrays.createArrayOf("text", keys));
      for (int i = 0; i < columns.length; i++) {
        statement.setArray(i + 2, arrays.createArrayOf("int8", columns[i]));
      }
      statement.executeUpdate();
    }
  }

  private String quoted() {
    return '"' + schema.replace("\"", "\"\"") + '"';
  }
}
