package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape.ColumnShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds where in time, and in which keys, the rows of a table of differences lie. */
final class DifferencePlaces {

  /** So many places are named. */
  static final int MOST = 5;

  /** Differences within so many seconds are counted by the hour, others by the day. */
  static final long HOURLY_SECONDS = 2 * 86_400;

  private final Connection connection;
  private final DifferenceTable table;

  DifferencePlaces(Connection connection, DifferenceTable table) {
    this.connection = connection;
    this.table = table;
  }

  /** Along the first time or date of the key, if it has one. */
  List<Whereabouts> times() throws SQLException {
    Optional<ColumnShape> time =
        table.key().stream()
            .filter(column -> column.type() == SqlType.TIMESTAMPTZ || column.type() == SqlType.DATE)
            .findFirst();
    return time.isEmpty() ? List.of() : List.of(times(time.get()));
  }

  /** Along each text of the key. */
  List<Whereabouts> keys() throws SQLException {
    List<Whereabouts> keys = new ArrayList<>();
    for (ColumnShape column : table.key()) {
      if (column.type() == SqlType.TEXT) {
        String name = DifferenceTable.quoted(column.name()) + " COLLATE \"C\"";
        keys.add(along(column, "value", name, name));
      }
    }
    return keys;
  }

  private Whereabouts times(ColumnShape column) throws SQLException {
    String name = DifferenceTable.quoted(column.name());
    if (column.type() == SqlType.DATE) {
      return along(column, "day", name, name);
    }
    String unit = isShort(name) ? "hour" : "day";
    return along(column, unit, name, "date_trunc('%s', %s, 'UTC')".formatted(unit, name));
  }

  private boolean isShort(String name) throws SQLException {
    String query =
        """
        SELECT extract(epoch FROM max(%1$s)) - extract(epoch FROM min(%1$s)) <= %2$d FROM %3$s
        """
            .formatted(name, HOURLY_SECONDS, table.qualified());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private Whereabouts along(ColumnShape column, String unit, String name, String place)
      throws SQLException {
    String ends =
        """
        SELECT %s, %s, places
          FROM (SELECT min(%s) AS least, max(%s) AS greatest, count(DISTINCT %s) AS places
                  FROM %s) AS ends
        """
            .formatted(
                SampleRows.text("least"),
                SampleRows.text("greatest"),
                name,
                name,
                place,
                table.qualified());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ends)) {
      row.next();
      return new Whereabouts(
          column.name(), unit, row.getString(1), row.getString(2), row.getLong(3), most(place));
    }
  }

  private List<Whereabouts.Share> most(String place) throws SQLException {
    String query =
        """
        SELECT %s, n FROM (SELECT %s AS place, count(*) AS n FROM %s GROUP BY 1) AS places
         ORDER BY n DESC, places.place LIMIT %d
        """
            .formatted(SampleRows.text("place"), place, table.qualified(), MOST);
    List<Whereabouts.Share> most = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        most.add(new Whereabouts.Share(row.getString(1), row.getLong(2)));
      }
    }
    return most;
  }
}
