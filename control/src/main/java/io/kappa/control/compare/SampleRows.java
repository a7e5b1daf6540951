package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape.ColumnShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some rows of each kind out of a table of differences. */
final class SampleRows {

  /** So many rows of each kind are taken. */
  static final int MOST = 5;

  /** Values longer than this many characters are cut. */
  static final int MOST_CHARACTERS = 120;

  private final Connection connection;
  private final DifferenceTable table;

  SampleRows(Connection connection, DifferenceTable table) {
    this.connection = connection;
    this.table = table;
  }

  /** A value as text, cut if it's long. */
  static String text(String column) {
    return """
        CASE WHEN length(%1$s::text) > %2$d THEN left(%1$s::text, %2$d - 1) || '…'
             ELSE %1$s::text END"""
        .formatted(column, MOST_CHARACTERS);
  }

  /** The changed ones first, then the missing, then the extra; each in the key's order. */
  List<Sample> samples() throws SQLException {
    List<Sample> samples = new ArrayList<>();
    for (Difference difference : Difference.values()) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query(difference))) {
        while (row.next()) {
          samples.add(sample(difference, row));
        }
      }
    }
    return samples;
  }

  private String query(Difference difference) {
    Stream<String> key =
        table.key().stream().map(column -> text(DifferenceTable.quoted(column.name())));
    Stream<String> values =
        table.compared().stream()
            .flatMap(
                column ->
                    Stream.of(
                        table.isChanged(column),
                        text(table.baselineSide(column)),
                        text(table.candidateSide(column))));
    return "SELECT %s FROM %s d WHERE %s = '%s' ORDER BY %s LIMIT %d"
        .formatted(
            Stream.concat(key, values).collect(Collectors.joining(", ")),
            table.qualified(),
            table.difference(),
            difference.text(),
            table.key().stream().map(SampleRows::order).collect(Collectors.joining(", ")),
            MOST);
  }

  /**
   * By bytes, whatever language the database speaks. Without the table's name it would be the text
   * of the same name that is selected.
   */
  private static String order(ColumnShape column) {
    String name = "d." + DifferenceTable.quoted(column.name());
    return column.type() == SqlType.TEXT ? name + " COLLATE \"C\"" : name;
  }

  private Sample sample(Difference difference, ResultSet row) throws SQLException {
    int index = 0;
    List<Sample.KeyValue> key = new ArrayList<>();
    for (ColumnShape column : table.key()) {
      index++;
      key.add(new Sample.KeyValue(column.name(), row.getString(index)));
    }
    List<Sample.Sides> values = new ArrayList<>();
    for (ColumnShape column : table.compared()) {
      if (difference != Difference.CHANGED || row.getBoolean(index + 1)) {
        values.add(
            new Sample.Sides(column.name(), row.getString(index + 2), row.getString(index + 3)));
      }
      index += 3;
    }
    return new Sample(difference, key, values);
  }
}
