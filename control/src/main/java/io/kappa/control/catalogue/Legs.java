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

/** The catalogue's rows on legs. */
final class Legs {

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

  static void insert(Connection connection, VersionName version, Leg leg) throws SQLException {
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
