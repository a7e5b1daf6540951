package io.kappa.control.catalogue;

import io.kappa.control.version.Course;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.Run;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.Version;
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
import java.util.TreeMap;

/** Reads the catalogue's rows on versions. */
final class VersionRows {

  private static final String SELECT =
      """
      SELECT v.job, v.version, v.phase, v.jar_sha256, v.jar, v.parameters, v.start, v.log_end,
             v.topic_ids, v.max_parallelism, v.truncated, v.created_at, v.purpose, v.baseline,
             v.to_fence_only, v.rate, v.replay_parallelism, v.replay_state, v.live_parallelism,
             v.live_state, v.live_interval,
             v.attached, v.failure, v.drop_after, v.dropped_at,
             l.generation, l.link, l.checkpoint_id, l.frontier, l.counts, l.committed_at
        FROM kappa.version v JOIN kappa.ledger l ON l.job = v.job AND l.version = v.version
       ORDER BY v.job, v.version
      """;

  private VersionRows() {}

  /** Everything, as the connection's snapshot has it. */
  static Versions.Snapshot all(Connection connection) throws SQLException {
    Map<VersionName, List<Run>> runs = runs(connection);
    Map<VersionName, List<Leg>> legs = Legs.all(connection);
    Map<VersionName, List<Upgrade>> upgrades = Upgrades.all(connection);
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SELECT);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Version version = version(row);
        entries.add(
            new Entry(
                version,
                course(row),
                ledger(row),
                legs.getOrDefault(version.name(), List.of()),
                runs.getOrDefault(version.name(), List.of()),
                upgrades.getOrDefault(version.name(), List.of())));
      }
    }
    return new Versions.Snapshot(List.copyOf(entries), pointers(connection));
  }

  private static Map<VersionName, List<Run>> runs(Connection connection) throws SQLException {
    Map<VersionName, List<Run>> runs = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT job, version, generation, leg, flink_job_id, started_at, failure, failed_at, heap_full_at"
                    + " FROM kappa.run ORDER BY job, version, generation");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        runs.computeIfAbsent(Rows.name(row), name -> new ArrayList<>())
            .add(
                new Run(
                    row.getLong("generation"),
                    row.getInt("leg"),
                    Optional.ofNullable(row.getString("flink_job_id")),
                    Rows.instant(row, "started_at").orElseThrow(),
                    Optional.ofNullable(row.getString("failure")),
                    Rows.instant(row, "failed_at"),
                    Rows.instant(row, "heap_full_at")));
      }
    }
    return runs;
  }

  private static Map<String, Pointer> pointers(Connection connection) throws SQLException {
    Map<String, Pointer> pointers = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT job, live, generation FROM kappa.pointer");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        pointers.put(
            row.getString("job"), new Pointer(Rows.number(row, "live"), row.getLong("generation")));
      }
    }
    return pointers;
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        Rows.name(row),
        Phase.valueOf(row.getString("phase")),
        Purpose.valueOf(row.getString("purpose")),
        row.getString("jar_sha256"),
        row.getString("jar"),
        Json.texts(row.getString("parameters")),
        Json.frontier(row.getString("start")),
        Json.frontier(row.getString("log_end")),
        Json.texts(row.getString("topic_ids")),
        row.getInt("max_parallelism"),
        row.getBoolean("truncated"),
        Rows.instant(row, "created_at").orElseThrow());
  }

  private static Course course(ResultSet row) throws SQLException {
    return new Course(
        Rows.number(row, "baseline"),
        row.getBoolean("to_fence_only"),
        row.getLong("rate"),
        RunProfile.REPLAY
            .with(Rows.number(row, "replay_parallelism"))
            .withState(row.getString("replay_state")),
        new RunProfile(
            Rows.number(row, "live_parallelism"),
            row.getString("live_state"),
            row.getString("live_interval")),
        row.getBoolean("attached"),
        Optional.ofNullable(row.getString("failure")),
        Rows.instant(row, "drop_after"),
        Rows.instant(row, "dropped_at").isPresent());
  }

  private static Ledger ledger(ResultSet row) throws SQLException {
    return new Ledger(
        row.getLong("generation"),
        row.getString("link"),
        row.getLong("checkpoint_id"),
        Json.frontier(row.getString("frontier")),
        Json.total(row.getString("counts")),
        Rows.instant(row, "committed_at"));
  }
}
