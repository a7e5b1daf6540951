package io.kappa.control.catalogue;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What a version has committed, as its ledger says. */
public final class Committed {

  private Committed() {}

  /** How far it has come, in the connection's snapshot; empty if there is no such version. */
  public static Optional<Frontier> frontier(Connection connection, VersionName version)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT frontier FROM kappa.ledger WHERE job = ? AND version = ?")) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(Json.frontier(row.getString(1))) : Optional.empty();
      }
    }
  }
}
