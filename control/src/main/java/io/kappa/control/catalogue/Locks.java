package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Keeps two commands from doing the same to one job at the same time. */
public final class Locks {

  private Locks() {}

  /** Waits for its turn at a job, and keeps it until the transaction ends. */
  public static void ofJob(Connection connection, Identifier job) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "kappa job " + job);
      lock.execute();
    }
  }

  /** Takes the turn at handing a version in, if nobody has it. */
  public static boolean ofSubmission(Connection connection, VersionName version)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "kappa submission " + version);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
