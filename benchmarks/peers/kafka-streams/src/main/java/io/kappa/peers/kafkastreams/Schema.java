package io.kappa.peers.kafkastreams;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema and its tables. Where rows are written more than once, pages keep room for that. */
final class Schema {

  private Schema() {}

  static Connection connect(Options options) throws SQLException {
    return DriverManager.getConnection(options.jdbc(), options.user(), options.password());
  }

  /** A name as it stands in SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Makes what isn't there. */
  static void make(Options options) throws SQLException {
    try (Connection connection = connect(options);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create schema if not exists %1$s;
          create table if not exists %1$s.item_hourly (
            item_id text, hour timestamptz, events bigint, users bigint, watch_ms bigint,
            quantity bigint, revenue_cents bigint, primary key (item_id, hour))
            with (fillfactor = 80);
          create table if not exists %1$s.country_hourly (
            country text, hour timestamptz, events bigint, revenue_cents bigint,
            primary key (country, hour)) with (fillfactor = 50);
          create table if not exists %1$s.item_totals (
            item_id text primary key, events bigint, quantity bigint, revenue_cents bigint,
            first_at timestamptz, last_at timestamptz) with (fillfactor = 50);
          """
              .formatted(quoted(options.schema())));
    }
  }
}
