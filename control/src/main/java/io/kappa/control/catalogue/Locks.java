package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
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
  static boolean ofSubmission(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "kappa submission " + version);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * Keeps others from handing a version in until the transaction ends: one that is handed in right
   * now would run on a leg that is opened meanwhile.
   *
   * @throws Refusal if somebody is at it
   */
  public static void refuseWhileSubmitting(Connection connection, VersionName version)
      throws SQLException {
    if (!ofSubmission(connection, version)) {
      throw new Refusal("%s is just being handed in".formatted(version), "it is looked at again");
    }
  }
}
