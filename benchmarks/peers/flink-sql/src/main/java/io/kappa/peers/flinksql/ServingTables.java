package io.kappa.peers.flinksql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables in PostgreSQL. */
final class ServingTables {

  private ServingTables() {}

  /** Makes the schema and those of its tables that aren't there. */
  static void make(Settings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      for (String ddl : statements(settings.schema())) {
        statement.execute(ddl);
      }
    }
  }

  private static List<String> statements(String schema) {
    return List.of(
        "create schema if not exists " + schema,
        """
        create table if not exists %s.item_hourly (
          item_id text, hour timestamptz, events bigint not null, users bigint not null,
          watch_ms bigint not null, quantity bigint not null, revenue_cents bigint not null,
          primary key (item_id, hour))
        """
            .formatted(schema),
        """
        create table if not exists %s.country_hourly (
          country text, hour timestamptz, events bigint not null, revenue_cents bigint not null,
          primary key (country, hour))
        """
            .formatted(schema),
        """
        create table if not exists %s.item_totals (
          item_id text primary key, events bigint not null, quantity bigint not null,
          revenue_cents bigint not null, first_at timestamptz not null,
          last_at timestamptz not null)
        """
            .formatted(schema));
  }
}
