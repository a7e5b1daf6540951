package io.kappa.control.exact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one reader saw in one snapshot: the frontier, and the rows of all tables.
 *
 * @param version the live one
 * @param accounted applied + filtered + quarantined, over all partitions
 */
public record Cut(
    int version,
    Map<Integer, Long> frontier,
    long accounted,
    Map<String, Map<List<Object>, List<Object>>> tables) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final Map<String, Integer> KEYS =
      Map.of("item_hourly", 2, "country_hourly", 2, "item_totals", 1);

  private static final String LIVE =
      "SELECT version, frontier -> (SELECT jsonb_object_keys(frontier)), applied + filtered + quarantined"
          + " FROM kappa.freshness WHERE job = 'activity-metrics'";

  private static final String ONE =
      """
      SELECT version, frontier -> (SELECT jsonb_object_keys(frontier)),
             (SELECT sum((n.value ->> 'applied')::bigint + (n.value ->> 'filtered')::bigint
                         + (n.value ->> 'quarantined')::bigint)
                FROM jsonb_each(counts) t, jsonb_each(t.value) n)
        FROM kappa.ledger WHERE job = 'activity-metrics' AND version = %d
      """;

  /** Reads what a reader of the contract views can see, in one REPEATABLE READ transaction. */
  public static Cut take(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect("kappa_reader")) {
      return take(connection, () -> {});
    }
  }

  /**
   * The same over a connection that is there, with something between reading one table and the
   * next.
   */
  public static Cut take(Connection connection, Runnable between) throws SQLException {
    return take(connection, LIVE, "activity_metrics", between);
  }

  /** Reads the tables of one version, whether readers see it or not. */
  public static Cut of(TestDatabase database, int version) throws SQLException {
    try (Connection connection = database.connect("kappa_owner")) {
      return take(connection, ONE.formatted(version), "activity_metrics_v" + version, () -> {});
    }
  }

  private static Cut take(Connection connection, String query, String schema, Runnable between)
      throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      int version;
      Map<Integer, Long> frontier;
      long counted;
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        version = row.getInt(1);
        frontier = offsets(row.getString(2));
        counted = row.getLong(3);
      }
      Map<String, Map<List<Object>, List<Object>>> tables = new HashMap<>();
      for (String table : KEYS.keySet()) {
        between.run();
        tables.put(table, rows(statement, schema, table));
      }
      tables.put("quarantine", quarantine(statement, schema));
      connection.commit();
      return new Cut(version, frontier, counted, tables);
    }
  }

  private static Map<Integer, Long> offsets(String json) {
    try {
      return new TreeMap<>(JSON.readValue(json, new TypeReference<Map<Integer, Long>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<List<Object>, List<Object>> rows(
      Statement statement, String schema, String table) throws SQLException {
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    try (ResultSet row = statement.executeQuery("SELECT * FROM %s.%s".formatted(schema, table))) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(plain(row.getObject(i)));
        }
        rows.put(List.copyOf(values.subList(0, KEYS.get(table))), values);
      }
    }
    return rows;
  }

  private static Object plain(Object value) {
    if (value instanceof Timestamp time) {
      return time.getTime();
    }
    if (value instanceof Date) {
      throw new IllegalArgumentException("no table here has a date");
    }
    return value;
  }

  private static Map<List<Object>, List<Object>> quarantine(Statement statement, String schema)
      throws SQLException {
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT partition, record_offset, reason FROM %s.quarantine".formatted(schema))) {
      while (row.next()) {
        String reason = row.getString(3);
        boolean judgedByTime = reason.equals("late") || reason.equals("future");
        rows.put(List.of(row.getInt(1), row.getLong(2)), List.of(judgedByTime ? reason : "broken"));
      }
    }
    return rows;
  }

  /** What is wrong with this cut, given what it should have shown; empty if nothing is. */
  List<String> against(LogOracle oracle) {
    return against(oracle, 0);
  }

  /** The same for a version that leaves out shorter views and plays; milliseconds. */
  public List<String> against(LogOracle oracle, long minWatch) {
    List<String> wrong = new ArrayList<>();
    Map<String, Map<List<Object>, List<Object>>> expected = oracle.tables(frontier, minWatch);
    expected.forEach(
        (table, rows) -> {
          Map<List<Object>, List<Object>> seen = tables.get(table);
          if (!seen.equals(rows)) {
            wrong.add("at %s: %s".formatted(frontier, difference(table, rows, seen)));
          }
        });
    long records = frontier.values().stream().mapToLong(Long::longValue).sum();
    if (records != accounted) {
      wrong.add(
          "at %s: %d records lie before the frontier, %d are accounted for"
              .formatted(frontier, records, accounted));
    }
    return wrong;
  }

  private static String difference(
      String table,
      Map<List<Object>, List<Object>> expected,
      Map<List<Object>, List<Object>> seen) {
    for (Map.Entry<List<Object>, List<Object>> row : expected.entrySet()) {
      if (!row.getValue().equals(seen.get(row.getKey()))) {
        return "%s should have %s and has %s"
            .formatted(table, row.getValue(), seen.get(row.getKey()));
      }
    }
    Map<List<Object>, List<Object>> extra = new HashMap<>(seen);
    extra.keySet().removeAll(expected.keySet());
    return "%s has rows that shouldn't be: %s".formatted(table, extra.keySet());
  }
}
