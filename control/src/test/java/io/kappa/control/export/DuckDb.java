package io.kappa.control.export;

import io.kappa.common.table.TableShape;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads Parquet files without anything that wrote them. */
public final class DuckDb {

  /** Takes something from the row that an answer is at. */
  @FunctionalInterface
  interface Taken<T> {
    T from(ResultSet row) throws SQLException;
  }

  private DuckDb() {}

  /** All rows of a file, in its order. */
  public static List<List<Object>> rows(Path file, TableShape table) throws SQLException {
    return ask("SELECT * FROM " + parquet(file), row -> EveryType.values(row, table));
  }

  /** {@code name type} of each column. */
  static List<String> columns(Path file) throws SQLException {
    return ask(
        "DESCRIBE SELECT * FROM " + parquet(file),
        row -> row.getString("column_name") + " " + row.getString("column_type"));
  }

  /** How many rows each row group has. */
  static List<Long> rowGroups(Path file) throws SQLException {
    return ask(
        "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('%s') ORDER BY 1"
            .formatted(file),
        row -> row.getLong(2));
  }

  static <T> List<T> ask(String sql, Taken<T> taken) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (row.next()) {
        all.add(taken.from(row));
      }
      return all;
    }
  }

  private static String parquet(Path file) {
    return "read_parquet('%s')".formatted(file);
  }
}
