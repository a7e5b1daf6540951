package io.kappa.control.cutover;

import io.kappa.control.catalogue.Json;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The ledgers of the two versions of a switch. */
final class Ledgers {

  private Ledgers() {}

  /**
   * Keeps a version from committing until the transaction ends; waits for a commit that is under
   * way.
   */
  static void hold(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT 1 FROM kappa.ledger WHERE job = ? AND version = ? FOR SHARE")) {
      lock.setString(1, version.job().value());
      lock.setInt(2, version.number());
      lock.execute();
    }
  }

  /** How far two versions have come. */
  record Pair(Frontier from, Frontier to) {}

  /** How far the two have come, in one snapshot. */
  static Pair read(Connection connection, Intent intent) throws SQLException {
    Map<Integer, Frontier> frontiers = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT version, frontier FROM kappa.ledger WHERE job = ? AND version IN (?, ?)")) {
      query.setString(1, intent.from().job().value());
      query.setInt(2, intent.from().number());
      query.setInt(3, intent.to().number());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          frontiers.put(row.getInt(1), Json.frontier(row.getString(2)));
        }
      }
    }
    return new Pair(frontiers.get(intent.from().number()), frontiers.get(intent.to().number()));
  }
}
