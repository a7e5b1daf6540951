package io.kappa.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the serving store as its readers do. */
final class StoreNumbers {

  private StoreNumbers() {}

  /** The one number that a query gives. */
  static long one(OwnStack stack, String query) {
    return Long.parseLong(rows(stack, query).get(0).get(0));
  }

  /** All rows of a query, as text; NULL is empty. */
  static List<List<String>> rows(OwnStack stack, String query) {
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          String value = row.getString(i);
          values.add(value == null ? "" : value);
        }
        rows.add(values);
      }
      return rows;
    } catch (SQLException e) {
      throw new BenchmarkException("The serving store can't be asked: " + query, e);
    }
  }
}
