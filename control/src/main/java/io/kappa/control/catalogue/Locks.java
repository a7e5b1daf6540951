package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps two commands from doing the same to one job at the same time. */
final class Locks {

  private Locks() {}

  /** Waits for its turn at a job, and keeps it until the transaction ends. */
  static void ofJob(Connection connection, Identifier job) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "kappa job " + job);
      lock.execute();
    }
  }
}
