package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BenchmarkException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether tables have the same rows, in whatever order: their number and the sum of a 64-bit
 * hash of each.
 *
 * @param tables by the table's name
 */
record RowDigest(Map<String, String> tables) {

  private record Shape(String name, String columns) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "item_hourly", "item_id, hour, events, users, watch_ms, quantity, revenue_cents"),
          new Shape("country_hourly", "country, hour, events, revenue_cents"),
          new Shape("item_totals", "item_id, events, quantity, revenue_cents, first_at, last_at"));

  static RowDigest of(Connection connection, String schema) {
    Map<String, String> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (Shape shape : SHAPES) {
        String sql =
            "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(ROW(%s)::text, 0)), 0) FROM %s.%s"
                .formatted(shape.columns(), schema, shape.name());
        try (ResultSet row = statement.executeQuery(sql)) {
          row.next();
          tables.put(shape.name(), row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new BenchmarkException("The rows of %s can't be read".formatted(schema), e);
    }
    return new RowDigest(tables);
  }

  /**
   * @throws BenchmarkException if these aren't the rows
   */
  void require(String whose, RowDigest right) {
    if (!tables.equals(right.tables)) {
      throw new BenchmarkException(
          "%s has other rows, so its speed says nothing: %s instead of %s"
              .formatted(whose, tables, right.tables));
    }
  }
}
