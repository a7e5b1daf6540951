package io.kappa.control.cutover;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Json;
import io.kappa.control.catalogue.Rows;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A job's pointer and versions, read, locked and changed within one transaction. */
final class JobRows {

  static final String LOCK_TIMEOUT = "55P03";

  /** A version as far as switching and ending it goes. */
  record Row(Phase phase, Purpose purpose, boolean attached, Map<String, String> topicIds) {

    /** Whether it is the one that may take the live one's place, or was to. */
    boolean isCandidate() {
      return purpose != Purpose.LAUNCH
          && phase != Phase.LIVE
          && phase != Phase.STANDBY
          && phase != Phase.RETIRED
          && phase != Phase.ABORTED;
    }
  }

  private final Connection connection;
  private final Identifier job;

  JobRows(Connection connection, Identifier job) {
    this.connection = connection;
    this.job = job;
  }

  /** Bounds each wait for a lock, until the transaction ends. */
  void limitWaiting(int millis) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + millis);
    }
  }

  /**
   * The pointer as it is.
   *
   * @throws Refusal if the job was never started
   */
  Pointer pointer() throws SQLException {
    return pointer("");
  }

  /** The pointer, which nobody else can move until the transaction ends. */
  Pointer lockPointer() throws SQLException {
    return pointer(" FOR UPDATE");
  }

  private Pointer pointer(String lock) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT live, generation FROM kappa.pointer WHERE job = ?" + lock)) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          OptionalInt live = Rows.number(row, "live");
          if (live.isPresent()) {
            return new Pointer(live, row.getLong("generation"));
          }
        }
        throw new Refusal(
            "%s has no live version".formatted(job), "./kappa start %s makes one".formatted(job));
      }
    }
  }

  /** All versions of the job by number. */
  NavigableMap<Integer, Row> versions() throws SQLException {
    return versions("");
  }

  /** The same; until the transaction ends nobody changes them or writes a comparison of them. */
  NavigableMap<Integer, Row> lockVersions() throws SQLException {
    return versions(" FOR UPDATE");
  }

  private NavigableMap<Integer, Row> versions(String lock) throws SQLException {
    NavigableMap<Integer, Row> versions = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT version, phase, purpose, attached, topic_ids FROM kappa.version"
                + " WHERE job = ? ORDER BY version"
                + lock)) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          versions.put(
              row.getInt("version"),
              new Row(
                  Phase.valueOf(row.getString("phase")),
                  Purpose.valueOf(row.getString("purpose")),
                  row.getBoolean("attached"),
                  Json.texts(row.getString("topic_ids"))));
        }
      }
    }
    return versions;
  }

  /** Lets readers see this version from the commit on. */
  void point(VersionName live, long generation) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.pointer SET live = ?, generation = ? WHERE job = ?")) {
      update.setInt(1, live.number());
      update.setLong(2, generation);
      update.setString(3, job.value());
      update.executeUpdate();
    }
  }

  /** Tells whoever looked at the pointer before that something has changed. */
  void raiseGeneration(long generation) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE kappa.pointer SET generation = ? WHERE job = ?")) {
      update.setLong(1, generation);
      update.setString(2, job.value());
      update.executeUpdate();
    }
  }

  void phase(VersionName version, Phase phase) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET phase = ? WHERE job = ? AND version = ?")) {
      update.setString(1, phase.name());
      update.setString(2, job.value());
      update.setInt(3, version.number());
      update.executeUpdate();
    }
  }

  /** What was done to the pointer last: {@code ann: cut over, v2}. */
  String lastMove() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT actor, event, version FROM kappa.audit
             WHERE job = ? AND jsonb_exists(detail, 'generation') ORDER BY id DESC LIMIT 1
            """)) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? "%s: %s, v%d".formatted(row.getString(1), row.getString(2), row.getInt(3))
            : "nobody noted why";
      }
    }
  }

  /**
   * Of the versions that readers can go back to, the one that they saw last; 0 if there is none.
   */
  int wayBack(int live) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT v.version FROM kappa.version v
             WHERE v.job = ? AND v.version < ? AND v.phase = 'STANDBY'
             ORDER BY (SELECT max(a.id) FROM kappa.audit a
                        WHERE a.job = v.job AND a.detail ->> 'from' = v.version::text) DESC NULLS LAST,
                      v.version DESC
             LIMIT 1
            """)) {
      query.setString(1, job.value());
      query.setInt(2, live);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
