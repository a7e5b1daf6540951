package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a filled table of differences says in short. */
final class DifferenceSummary {

  private final Connection connection;
  private final DifferenceTable table;

  DifferenceSummary(Connection connection, DifferenceTable table) {
    this.connection = connection;
    this.table = table;
  }

  TableReport report() throws SQLException {
    RowCounts rows = rows();
    DifferencePlaces where = new DifferencePlaces(connection, table);
    boolean differs = rows.differing() > 0;
    return new TableReport(
        table.candidate().name(),
        table.readable(),
        rows,
        names(table.compared()),
        rows.changed() > 0 ? columns() : List.of(),
        without(table.candidate(), table.baseline()),
        without(table.baseline(), table.candidate()),
        retyped(),
        differs ? new SampleRows(connection, table).samples() : List.of(),
        differs ? where.times() : List.of(),
        differs ? where.keys() : List.of());
  }

  private RowCounts rows() throws SQLException {
    Map<Difference, Long> counts = new EnumMap<>(Difference.class);
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT %s, count(*) FROM %s GROUP BY 1"
                  .formatted(table.difference(), table.qualified()))) {
        while (row.next()) {
          counts.put(difference(row.getString(1)), row.getLong(2));
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT count(*) FROM " + table.baselineQualified())) {
        row.next();
        long changed = counts.getOrDefault(Difference.CHANGED, 0L);
        long missing = counts.getOrDefault(Difference.MISSING, 0L);
        long extra = counts.getOrDefault(Difference.EXTRA, 0L);
        return new RowCounts(row.getLong(1) - changed - missing, changed, missing, extra);
      }
    }
  }

  private static Difference difference(String text) {
    for (Difference difference : Difference.values()) {
      if (difference.text().equals(text)) {
        return difference;
      }
    }
    throw new IllegalStateException("no kind of difference: " + text);
  }

  private List<ColumnReport> columns() throws SQLException {
    List<ColumnReport> reports = new ArrayList<>();
    for (ColumnShape column : table.compared()) {
      ColumnReport report = column(column);
      if (report.differ() > 0) {
        reports.add(report);
      }
    }
    return reports;
  }

  private ColumnReport column(ColumnShape column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(figures(column))) {
      row.next();
      List<Measure> measures = new ArrayList<>();
      switch (column.type()) {
        case BIGINT, INTEGER, DOUBLE -> {
          measure(Measure.Kind.ABSOLUTE, row, 2).ifPresent(measures::add);
          measure(Measure.Kind.RELATIVE, row, 5).ifPresent(measures::add);
        }
        case TIMESTAMPTZ, DATE -> measure(Measure.Kind.SECONDS, row, 2).ifPresent(measures::add);
        case TEXT, BOOLEAN, BYTEA, JSONB -> {}
      }
      return new ColumnReport(column.name(), column.type(), row.getLong(1), measures);
    }
  }

  private static Optional<Measure> measure(Measure.Kind kind, ResultSet row, int index)
      throws SQLException {
    long rows = row.getLong(index);
    return rows == 0
        ? Optional.empty()
        : Optional.of(
            new Measure(
                kind,
                rows,
                Double.parseDouble(row.getString(index + 1)),
                Double.parseDouble(row.getString(index + 2))));
  }

  /** The 0 with 40 digits behind the point has PostgreSQL divide to as many, instead of 16. */
  private String figures(ColumnShape column) {
    return """
        SELECT count(*),
               count(size), max(size), percentile_disc(0.5) WITHIN GROUP (ORDER BY size),
               count(ratio), max(ratio), percentile_disc(0.5) WITHIN GROUP (ORDER BY ratio)
          FROM (SELECT size, CASE WHEN old <> 0 THEN (size + 0e-40) / abs(old) END AS ratio
                  FROM (SELECT old, nullif(least(abs(new - old), 'Infinity'), 'Infinity') AS size
                          FROM (SELECT %s AS old, %s AS new
                                  FROM %s WHERE %s = 'changed' AND %s) AS sides) AS sizes) AS figures
        """
        .formatted(
            number(column.type(), table.baselineSide(column)),
            number(column.type(), table.candidateSide(column)),
            table.qualified(),
            table.difference(),
            table.isChanged(column));
  }

  /** A side as an exact number, on which nothing overflows; NULL where the type has none. */
  private static String number(SqlType type, String side) {
    return switch (type) {
      case BIGINT, INTEGER -> side + "::numeric";
      case DOUBLE -> side + "::text::numeric"; // a cast without the text would round
      case TIMESTAMPTZ, DATE -> "extract(epoch FROM %s)".formatted(side);
      case TEXT, BOOLEAN, BYTEA, JSONB -> "NULL::numeric";
    };
  }

  private static List<String> names(List<ColumnShape> columns) {
    return columns.stream().map(ColumnShape::name).toList();
  }

  private static List<String> without(TableShape one, TableShape other) {
    List<String> others = names(other.columns());
    return names(one.columns()).stream().filter(name -> !others.contains(name)).toList();
  }

  private List<String> retyped() {
    List<String> retyped = new ArrayList<>();
    for (ColumnShape before : table.baseline().values()) {
      for (ColumnShape after : table.candidate().values()) {
        if (before.name().equals(after.name()) && before.type() != after.type()) {
          retyped.add(
              "%s was %s and is %s"
                  .formatted(before.name(), before.type().sql(), after.type().sql()));
        }
      }
    }
    return retyped;
  }
}
