package io.kappa.control.catalogue;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogue's rows on legs; what is changed in them is part of a step of {@link Transitions},
 * or of making a version.
 */
public final class Legs {

  private Legs() {}

  /** All legs of all versions, in their order. */
  static Map<VersionName, List<Leg>> all(Connection connection) throws SQLException {
    Map<VersionName, List<Leg>> legs = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT job, version, number, start, fence, restore_from, parallelism,
                       state_backend, checkpoint_interval, stop_attempts, savepoint
                  FROM kappa.leg ORDER BY job, version, number
                """);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        legs.computeIfAbsent(Rows.name(row), name -> new ArrayList<>()).add(leg(row));
      }
    }
    return legs;
  }

  /** Opens a leg. */
  public static void open(Connection connection, VersionName version, Leg leg) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO kappa.leg (job, version, number, start, fence, restore_from, parallelism,
                state_backend, checkpoint_interval)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
            """)) {
      insert.setString(1, version.job().value());
      insert.setInt(2, version.number());
      insert.setInt(3, leg.number());
      insert.setString(4, Json.text(leg.start().offsets()));
      insert.setString(5, leg.fence().map(Frontier::offsets).map(Json::text).orElse(null));
      insert.setString(6, leg.restoreFrom().orElse(null));
      Rows.set(insert, 7, leg.profile().parallelism());
      insert.setString(8, leg.profile().stateBackend());
      insert.setString(9, leg.profile().checkpointInterval());
      insert.executeUpdate();
    }
  }

  /** Notes that a leg is asked to stop once more. */
  public static void noteStopAttempt(Connection connection, VersionName version, int leg)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.leg SET stop_attempts = stop_attempts + 1"
                + " WHERE job = ? AND version = ? AND number = ?")) {
      update.setString(1, version.job().value());
      update.setInt(2, version.number());
      update.setInt(3, leg);
      update.executeUpdate();
    }
  }

  /** Notes where a leg ended. */
  public static void noteSavepoint(
      Connection connection, VersionName version, int leg, String savepoint) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.leg SET savepoint = ?, ended_at = clock_timestamp()"
                + " WHERE job = ? AND version = ? AND number = ?")) {
      update.setString(1, savepoint);
      update.setString(2, version.job().value());
      update.setInt(3, version.number());
      update.setInt(4, leg);
      update.executeUpdate();
    }
  }

  private static Leg leg(ResultSet row) throws SQLException {
    return new Leg(
        row.getInt("number"),
        Json.frontier(row.getString("start")),
        Optional.ofNullable(row.getString("fence")).map(Json::frontier),
        Optional.ofNullable(row.getString("restore_from")),
        new RunProfile(
            Rows.number(row, "parallelism"),
            row.getString("state_backend"),
            row.getString("checkpoint_interval")),
        row.getInt("stop_attempts"),
        Optional.ofNullable(row.getString("savepoint")));
  }
}
