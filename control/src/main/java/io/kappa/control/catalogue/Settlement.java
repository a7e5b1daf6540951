package io.kappa.control.catalogue;

import io.kappa.common.sink.BulkSql;
import io.kappa.common.sink.LedgerConflictException;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The end of a candidate's bulk path: its tables are made of what was committed so far, and from
 * then on it commits as a live version does. Part of somebody else's transaction, which holds the
 * ledger from here to its end: nothing is committed meanwhile.
 */
public final class Settlement {

  private static final String DUPLICATE = "23505";

  /** What the store's own default is would have it sort a million rows on disk, in many passes. */
  private static final List<String> ROOM =
      List.of("SET LOCAL work_mem = '128MB'", "SET LOCAL maintenance_work_mem = '128MB'");

  private final Connection connection;
  private final VersionName version;
  private final List<TableShape> tables;
  private final BulkSql sql;

  private Settlement(Connection connection, VersionName version, List<TableShape> tables) {
    this.connection = connection;
    this.version = version;
    this.tables = tables;
    this.sql = new BulkSql(new Identifier(version.schema()));
  }

  /**
   * Makes the tables; does nothing where that was done.
   *
   * @throws LedgerConflictException if rows are gone, or a row was changed by two subtasks at once
   */
  public static void settle(Connection connection, VersionName version, List<TableShape> tables)
      throws SQLException {
    Settlement settlement = new Settlement(connection, version, tables);
    if (settlement.isBulk()) {
      settlement.settle();
    }
  }

  private boolean isBulk() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT bulk FROM kappa.ledger WHERE job = ? AND version = ? FOR UPDATE")) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void settle() throws SQLException {
    VersionSchema.run(connection, ROOM);
    for (TableShape table : tables) {
      long gone = number(sql.missing(table));
      if (gone != 0) {
        throw LedgerConflictException.rowsGone(table.name(), gone, number(sql.rows(table)));
      }
      try {
        VersionSchema.run(connection, sql.settle(table, number(sql.attempts(table))));
      } catch (SQLException e) {
        if (DUPLICATE.equals(e.getSQLState())) {
          throw LedgerConflictException.rowTwice(table.name(), e);
        }
        throw e;
      }
    }
    VersionSchema.run(connection, VersionSchema.grants(version));
    VersionSchema.run(connection, sql.clear(tables));
    endBulk();
  }

  private void endBulk() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.ledger SET bulk = false WHERE job = ? AND version = ?")) {
      update.setString(1, version.job().value());
      update.setInt(2, version.number());
      update.executeUpdate();
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
