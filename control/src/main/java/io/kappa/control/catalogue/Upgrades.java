package io.kappa.control.catalogue;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.Outfit;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
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

/** The catalogue's rows on upgrades. Each method is part of a step, in its transaction. */
public final class Upgrades {

  private Upgrades() {}

  /** All upgrades of all versions, the oldest first. */
  static Map<VersionName, List<Upgrade>> all(Connection connection) throws SQLException {
    Map<VersionName, List<Upgrade>> upgrades = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT * FROM kappa.upgrade ORDER BY job, version, number");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        upgrades.computeIfAbsent(Rows.name(row), name -> new ArrayList<>()).add(upgrade(row));
      }
    }
    return upgrades;
  }

  /**
   * Writes a new one.
   *
   * @return {@code false} if the version has an open one
   */
  public static boolean insert(Connection connection, VersionName version, Upgrade upgrade)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO kappa.upgrade (job, version, number, stage, leg,
                before_jar_sha256, before_jar, before_parameters, before_parallelism,
                after_jar_sha256, after_jar, after_parameters, after_parallelism)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?)
            ON CONFLICT DO NOTHING
            """)) {
      insert.setString(1, version.job().value());
      insert.setInt(2, version.number());
      insert.setInt(3, upgrade.number());
      insert.setString(4, upgrade.stage().name());
      insert.setInt(5, upgrade.leg());
      set(insert, 6, upgrade.before());
      set(insert, 10, upgrade.after());
      return insert.executeUpdate() == 1;
    }
  }

  private static void set(PreparedStatement insert, int index, Outfit outfit) throws SQLException {
    insert.setString(index, outfit.jarSha256());
    insert.setString(index + 1, outfit.jar());
    insert.setString(index + 2, Json.text(outfit.parameters()));
    Rows.set(insert, index + 3, outfit.parallelism());
  }

  /** Takes an open upgrade to another stage, and ends it there if nothing is left to do. */
  public static void move(
      Connection connection, VersionName version, UpgradeStage stage, Optional<String> why)
      throws SQLException {
    change(
        connection,
        version,
        """
        stage = ?, why = coalesce(?, why),
        ended_at = CASE WHEN ? THEN NULL ELSE clock_timestamp() END
        """,
        update -> {
          update.setString(1, stage.name());
          update.setString(2, why.orElse(null));
          update.setBoolean(3, stage.isOpen());
          return 4;
        });
  }

  /** Notes where the changed version has to come to, and what was committed last before it. */
  public static void noteStopped(Connection connection, VersionName version, Frontier goal)
      throws SQLException {
    change(
        connection,
        version,
        """
        goal = ?::jsonb,
        last_commit = (SELECT l.committed_at FROM kappa.ledger l
                        WHERE l.job = u.job AND l.version = u.version)
        """,
        update -> {
          update.setString(1, Json.text(goal.offsets()));
          return 2;
        });
  }

  /** Notes that the ledger's last commit is the first one afterwards. */
  public static void noteFirstCommit(Connection connection, VersionName version)
      throws SQLException {
    change(
        connection,
        version,
        """
        next_commit = (SELECT l.committed_at FROM kappa.ledger l
                        WHERE l.job = u.job AND l.version = u.version)
        """,
        update -> 1);
  }

  /** Makes a version run from another jar from its next run on. */
  public static void dress(Connection connection, VersionName version, Outfit outfit)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET jar_sha256 = ?, jar = ?, parameters = ?::jsonb"
                + " WHERE job = ? AND version = ?")) {
      update.setString(1, outfit.jarSha256());
      update.setString(2, outfit.jar());
      update.setString(3, Json.text(outfit.parameters()));
      update.setString(4, version.job().value());
      update.setInt(5, version.number());
      update.executeUpdate();
    }
  }

  /** Sets parameters of a statement. */
  @FunctionalInterface
  private interface Values {

    /**
     * @return the index of the next parameter
     */
    int set(PreparedStatement update) throws SQLException;
  }

  private static void change(
      Connection connection, VersionName version, String assignments, Values values)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.upgrade u SET "
                + assignments
                + " WHERE u.job = ? AND u.version = ? AND u.ended_at IS NULL")) {
      int next = values.set(update);
      update.setString(next, version.job().value());
      update.setInt(next + 1, version.number());
      update.executeUpdate();
    }
  }

  private static Upgrade upgrade(ResultSet row) throws SQLException {
    return new Upgrade(
        row.getInt("number"),
        Rows.instant(row, "created_at").orElseThrow(),
        UpgradeStage.valueOf(row.getString("stage")),
        row.getInt("leg"),
        outfit(row, "before"),
        outfit(row, "after"),
        Optional.ofNullable(row.getString("goal")).map(Json::frontier),
        Optional.ofNullable(row.getString("why")),
        Rows.instant(row, "last_commit"),
        Rows.instant(row, "next_commit"));
  }

  private static Outfit outfit(ResultSet row, String which) throws SQLException {
    return new Outfit(
        row.getString(which + "_jar_sha256"),
        row.getString(which + "_jar"),
        Json.texts(row.getString(which + "_parameters")),
        Rows.number(row, which + "_parallelism"));
  }
}
