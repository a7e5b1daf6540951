package io.kappa.control.mistakes;

import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.compare.ColumnReport;
import io.kappa.control.compare.RowCounts;
import io.kappa.control.compare.TableReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Rows of one table, by key, and how two such differ: found by looking at each. */
final class Rows {

  /** What differs between two tables: rows, and for each column in how many rows. */
  record Difference(RowCounts rows, Map<String, Long> columns) {

    static Difference in(TableReport report) {
      Map<String, Long> columns = new TreeMap<>();
      for (ColumnReport column : report.columns()) {
        columns.put(column.column(), column.differ());
      }
      return new Difference(report.rows(), columns);
    }
  }

  private Rows() {}

  static Difference difference(
      TableShape shape,
      Map<List<Object>, List<Object>> baseline,
      Map<List<Object>, List<Object>> candidate) {
    long changed = 0;
    Map<String, Long> columns = new TreeMap<>();
    for (Map.Entry<List<Object>, List<Object>> row : baseline.entrySet()) {
      List<Object> other = candidate.get(row.getKey());
      if (other != null && !other.equals(row.getValue())) {
        changed++;
        for (int i = 0; i < shape.columns().size(); i++) {
          if (!Objects.equals(other.get(i), row.getValue().get(i))) {
            columns.merge(shape.columns().get(i).name(), 1L, Long::sum);
          }
        }
      }
    }
    long missing = baseline.keySet().stream().filter(key -> !candidate.containsKey(key)).count();
    long extra = candidate.keySet().stream().filter(key -> !baseline.containsKey(key)).count();
    return new Difference(
        new RowCounts(baseline.size() - changed - missing, changed, missing, extra), columns);
  }

  /** All rows of a table, by the values of their key columns, which come first. */
  static Map<List<Object>, List<Object>> read(
      Connection connection, String schema, TableShape shape) throws SQLException {
    int keys = (int) shape.columns().stream().filter(ColumnShape::key).count();
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM %s.%s".formatted(schema, shape.name()))) {
      while (row.next()) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= shape.columns().size(); i++) {
          values.add(plain(row.getObject(i)));
        }
        rows.put(List.copyOf(values.subList(0, keys)), values);
      }
    }
    return rows;
  }

  private static Object plain(Object value) {
    if (value instanceof Timestamp time) {
      return time.getTime();
    }
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
  }
}
