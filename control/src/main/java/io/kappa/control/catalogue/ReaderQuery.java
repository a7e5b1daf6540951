package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.Parser;

/** One question to the serving store, asked as a reader in a read-only transaction. */
public final class ReaderQuery {

  private static final int ROWS_AT_A_TIME = 1_000;

  /** How a value is to be understood. */
  public enum Kind {
    NUMBER,
    BOOLEAN,
    JSON,
    TEXT
  }

  /** A column of an answer. */
  public record Column(String name, Kind kind) {}

  /** Takes an answer, row by row. */
  public interface Answer {

    /** Called once, before the first row. */
    void columns(List<Column> columns);

    /**
     * Called for each row.
     *
     * @param values as PostgreSQL writes them, times in UTC; empty where NULL
     */
    void row(List<Optional<String>> values);
  }

  private final Store reader;

  public ReaderQuery(Store reader) {
    this.reader = reader;
  }

  /**
   * Asks, and hands the answer over as it comes.
   *
   * @throws Refusal if it isn't one statement, or PostgreSQL can't be reached or refuses it
   */
  public void ask(String sql, Answer answer) {
    checkOneStatement(sql);
    try (Connection connection = reader.open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL TIME ZONE 'UTC'");
        statement.setEscapeProcessing(false);
        statement.setFetchSize(ROWS_AT_A_TIME);
        if (statement.execute(sql)) {
          hand(statement.getResultSet(), answer);
        }
      } catch (SQLException e) {
        throw QueryTrouble.refusal(reader, e);
      }
      connection.rollback();
    } catch (SQLException e) {
      throw StoreTrouble.refusal(reader.url(), e);
    }
  }

  private static void checkOneStatement(String sql) {
    int statements;
    try {
      statements = Parser.parseJdbcSql(sql, true, false, true, false, false).size();
    } catch (SQLException e) {
      throw new Refusal("The query can't be read: " + e.getMessage(), "mend the query", e);
    }
    if (statements != 1) {
      throw new Refusal(
          "The query has %d statements; allowed is 1".formatted(statements),
          "ask one thing at a time");
    }
  }

  private static void hand(ResultSet rows, Answer answer) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(new Column(about.getColumnLabel(i), kind(about.getColumnTypeName(i))));
    }
    answer.columns(List.copyOf(columns));
    while (rows.next()) {
      List<Optional<String>> values = new ArrayList<>(columns.size());
      for (int i = 1; i <= columns.size(); i++) {
        values.add(Optional.ofNullable(rows.getString(i)));
      }
      answer.row(values);
    }
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "int2", "int4", "int8", "numeric", "float4", "float8", "oid" -> Kind.NUMBER;
      case "bool" -> Kind.BOOLEAN;
      case "json", "jsonb" -> Kind.JSON;
      default -> Kind.TEXT;
    };
  }
}
