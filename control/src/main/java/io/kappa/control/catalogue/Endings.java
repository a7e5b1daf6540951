package io.kappa.control.catalogue;

import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** How a version ended, in its row of the catalogue; part of a step of {@link Transitions}. */
public final class Endings {

  private Endings() {}

  /** Notes why a version failed. */
  public static void failed(Connection connection, VersionName version, String why)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET failure = ?, ended_at = clock_timestamp()"
                + " WHERE job = ? AND version = ?")) {
      update.setString(1, why);
      update.setString(2, version.job().value());
      update.setInt(3, version.number());
      update.executeUpdate();
    }
  }

  /** Notes that a version is over and its tables may go now. */
  public static void over(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET ended_at = clock_timestamp(), drop_after = clock_timestamp()"
                + " WHERE job = ? AND version = ?")) {
      update.setString(1, version.job().value());
      update.setInt(2, version.number());
      update.executeUpdate();
    }
  }
}
