package io.kappa.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows and sums of the tables of {@code activity-metrics}, and what became of the records.
 *
 * @param values by table and column, such as {@code item_hourly.events}
 */
public record TableSums(Map<String, Long> values) {

  private static final List<String> TABLES =
      List.of(
          """
          SELECT count(*) AS "item_hourly.rows", sum(events) AS "item_hourly.events",
                 sum(users) AS "item_hourly.users", sum(watch_ms) AS "item_hourly.watch_ms",
                 sum(quantity) AS "item_hourly.quantity",
                 sum(revenue_cents) AS "item_hourly.revenue_cents"
            FROM %s.item_hourly""",
          """
          SELECT count(*) AS "country_hourly.rows", sum(events) AS "country_hourly.events",
                 sum(revenue_cents) AS "country_hourly.revenue_cents"
            FROM %s.country_hourly""",
          """
          SELECT count(*) AS "item_totals.rows", sum(events) AS "item_totals.events",
                 sum(quantity) AS "item_totals.quantity",
                 sum(revenue_cents) AS "item_totals.revenue_cents",
                 sum(extract(epoch FROM first_at) * 1000)::bigint AS "item_totals.first_at",
                 sum(extract(epoch FROM last_at) * 1000)::bigint AS "item_totals.last_at"
            FROM %s.item_totals""");

  private static final List<String> RECORDS =
      List.of(
          "SELECT count(*) AS \"quarantine.rows\" FROM activity_metrics.quarantine",
          """
          SELECT applied AS "records.applied", filtered AS "records.filtered",
                 quarantined AS "records.quarantined",
                 applied + filtered + quarantined AS "records.all"
            FROM kappa.freshness WHERE job = 'activity-metrics'""");

  /** As they are in the serving store now. */
  static TableSums inStore(OwnStack stack) {
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement()) {
      Map<String, Long> values = new TreeMap<>(of(reader, "activity_metrics").values());
      for (String query : RECORDS) {
        add(statement, query, values);
      }
      return new TableSums(values);
    } catch (SQLException e) {
      throw new BenchmarkException("The tables can't be added up", e);
    }
  }

  /** The three tables alone, wherever they are. */
  public static TableSums of(Connection connection, String schema) {
    Map<String, Long> values = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String query : TABLES) {
        add(statement, query.formatted(schema), values);
      }
    } catch (SQLException e) {
      throw new BenchmarkException("The tables of %s can't be added up".formatted(schema), e);
    }
    return new TableSums(values);
  }

  /** Those figures that tables alone have. */
  public TableSums ofTables() {
    Map<String, Long> tables = new TreeMap<>(values);
    tables.keySet().removeIf(name -> !name.matches("(item|country)_.*"));
    return new TableSums(tables);
  }

  private static void add(Statement statement, String query, Map<String, Long> to)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        to.put(row.getMetaData().getColumnLabel(i), row.getLong(i));
      }
    }
  }

  /**
   * Holds these figures against what they must be.
   *
   * @param whose whose figures these are
   * @throws BenchmarkException if one differs or is missing; it names all of them
   */
  public void require(String whose, Map<String, Long> expected) {
    List<String> wrong =
        new TreeMap<>(expected)
            .entrySet().stream()
                .filter(entry -> !entry.getValue().equals(values.get(entry.getKey())))
                .map(
                    entry ->
                        "%s is %s, must be %d"
                            .formatted(
                                entry.getKey(), values.get(entry.getKey()), entry.getValue()))
                .toList();
    if (!wrong.isEmpty()) {
      throw new BenchmarkException(
          "%s is wrong, so its speed says nothing: %s".formatted(whose, String.join("; ", wrong)));
    }
  }
}
