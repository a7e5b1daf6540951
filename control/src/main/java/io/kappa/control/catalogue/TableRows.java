package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
import io.kappa.control.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All rows of a table at one moment, in the order of its key: texts byte by byte, whatever the
 * database's own order of texts is. They come a few at a time, so memory doesn't grow with them.
 */
public final class TableRows {

  private static final int MOST_AT_A_TIME = 1_000;
  private static final long BYTES_AT_A_TIME = 4L << 20;
  private static final long BYTES_OF_A_FIXED_VALUE = 32;

  private final Connection connection;
  private final String url;
  private final String query;
  private final int columns;
  private final long count;
  private final int atATime;

  private TableRows(
      Connection connection, String url, String query, int columns, long count, int atATime) {
    this.connection = connection;
    this.url = url;
    this.query = query;
    this.columns = columns;
    this.count = count;
    this.atATime = atATime;
  }

  static TableRows of(Connection connection, String url, Identifier schema, TableShape table)
      throws SQLException {
    String name = new TableSql(schema, table).qualified();
    String query =
        "SELECT %s FROM %s ORDER BY %s"
            .formatted(
                list(table.columns().stream().map(TableRows::asText).toList()),
                name,
                list(order(table.key(), textsAreOrderedByBytes(connection))));
    int columns = table.columns().size();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(extent(name, table))) {
      row.next();
      long widest = row.getLong(2) + columns * BYTES_OF_A_FIXED_VALUE;
      int atATime = (int) Math.max(1, Math.min(MOST_AT_A_TIME, BYTES_AT_A_TIME / widest));
      return new TableRows(connection, url, query, columns, row.getLong(1), atATime);
    }
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /**
   * Hands over one row after the other: its values as text, empty where NULL. Texts, numbers and
   * JSON are as PostgreSQL writes them (a {@link SqlType#DOUBLE} as the shortest text that means
   * the same number), a {@link SqlType#BOOLEAN} is {@code t} or {@code f}, a {@link
   * SqlType#TIMESTAMPTZ} microseconds and a {@link SqlType#DATE} days since the epoch, and {@link
   * SqlType#BYTEA} hexadecimal.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public void forEach(Consumer<List<Optional<String>>> taker) {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(atATime);
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          List<Optional<String>> values = new ArrayList<>(columns);
          for (int i = 1; i <= columns; i++) {
            values.add(Optional.ofNullable(row.getString(i)));
          }
          taker.accept(values);
        }
      }
    } catch (SQLException e) {
      throw StoreTrouble.refusal(url, e);
    }
  }

  private static String asText(ColumnShape column) {
    String name = quoted(column);
    return switch (column.type()) {
      case TEXT, BIGINT, INTEGER, BOOLEAN, DOUBLE, JSONB -> name;
      // Exact: it's numeric. What is infinite is refused by PostgreSQL here, and in DATE.
      case TIMESTAMPTZ -> "(extract(epoch FROM %s) * 1000000)::bigint".formatted(name);
      case DATE -> "%s - DATE '1970-01-01'".formatted(name);
      case BYTEA -> "encode(%s, 'hex')".formatted(name);
    };
  }

  /** The primary key's index has this order, unless the database orders texts by a language. */
  private static List<String> order(List<ColumnShape> key, boolean textsAreOrderedByBytes) {
    return key.stream()
        .map(
            column ->
                column.type() == SqlType.TEXT && !textsAreOrderedByBytes
                    ? quoted(column) + " COLLATE \"C\""
                    : quoted(column))
        .toList();
  }

  private static boolean textsAreOrderedByBytes(Connection connection) throws SQLException {
    String sql =
        """
        SELECT datlocprovider = 'b' OR (datlocprovider = 'c' AND datcollate IN ('C', 'POSIX'))
          FROM pg_database WHERE datname = current_database()
        """;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** How many rows there are, and how many bytes the values without fixed size have in one. */
  private static String extent(String name, TableShape table) {
    String widths =
        table.columns().stream()
            .map(TableRows::width)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" + "));
    return "SELECT count(*), coalesce(max(%s), 0) FROM %s"
        .formatted(widths.isEmpty() ? "0" : widths, name);
  }

  private static Optional<String> width(ColumnShape column) {
    return switch (column.type()) {
      case TEXT -> Optional.of("coalesce(octet_length(%s), 0)::bigint".formatted(quoted(column)));
      case BYTEA ->
          Optional.of("2 * coalesce(octet_length(%s), 0)::bigint".formatted(quoted(column)));
      case JSONB ->
          Optional.of("coalesce(octet_length(%s::text), 0)::bigint".formatted(quoted(column)));
      case BIGINT, INTEGER, BOOLEAN, DOUBLE, TIMESTAMPTZ, DATE -> Optional.empty();
    };
  }

  private static String quoted(ColumnShape column) {
    return new Identifier(column.name()).quoted();
  }

  private static String list(List<String> items) {
    return String.join(", ", items);
  }
}
