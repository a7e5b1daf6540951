package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableSql;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The live tables as they are at a candidate's fence, copied for it to be compared with. */
final class Baseline {

  private Baseline() {}

  /**
   * Copies the live tables as the connection's snapshot has them, in place of what was copied for
   * the fence before, and notes whose they are.
   */
  static void take(Connection connection, VersionName candidate, Transitions.Tables live)
      throws SQLException {
    Identifier copies = new Identifier(candidate.baselineSchema());
    Identifier original = new Identifier(live.version().schema());
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(copies.quoted()));
      statement.execute("CREATE SCHEMA " + copies.quoted());
      for (TableShape table : live.shapes()) {
        String copy = new TableSql(copies, table).qualified();
        statement.execute(
            "CREATE TABLE %s AS SELECT * FROM %s"
                .formatted(copy, new TableSql(original, table).qualified()));
        statement.execute("ANALYZE " + copy);
      }
    }
    note(connection, candidate, live.version());
  }

  private static void note(Connection connection, VersionName candidate, VersionName live)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET baseline = ? WHERE job = ? AND version = ?")) {
      update.setInt(1, live.number());
      update.setString(2, candidate.job().value());
      update.setInt(3, candidate.number());
      update.executeUpdate();
    }
  }
}
