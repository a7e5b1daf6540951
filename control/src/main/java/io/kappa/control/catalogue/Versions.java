package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The catalogue's rows on versions: what they are, how far they came, who runs them. */
public final class Versions {

  /** One snapshot of the catalogue. */
  public record Snapshot(List<Entry> entries, Map<String, Pointer> pointers) {

    /** The versions of one job, oldest first. */
    public List<Entry> of(Identifier job) {
      return entries.stream().filter(e -> e.version().name().job().equals(job)).toList();
    }

    /** One version. */
    public Optional<Entry> of(VersionName name) {
      return entries.stream().filter(e -> e.version().name().equals(name)).findFirst();
    }
  }

  private final Store owner;

  public Versions(Store owner) {
    this.owner = owner;
  }

  /** Everything, in one snapshot. */
  public Snapshot snapshot() {
    return owner.inSnapshot(VersionRows::all);
  }

  /**
   * Writes a new version with its ledger, at its start and with nothing counted.
   *
   * @param first its first leg; empty if that is still to be found
   * @param actor whom the audit trail names
   * @return whether it was written; {@code false} if the version is there already, or another
   *     candidate of the job
   */
  public boolean insert(Version version, Course course, Optional<Leg> first, String actor) {
    return owner.inTransaction(
        connection -> {
          boolean isNew = insertVersion(connection, version, course) == 1;
          if (isNew) {
            insertLedger(connection, version.name(), version.start());
            if (first.isPresent()) {
              Legs.open(connection, version.name(), first.get());
            }
            AuditTrail.write(connection, actor, version.name(), "created", described(version));
          }
          return isNew;
        });
  }

  /**
   * Notes that a version was handed to the engine.
   *
   * @param engineJob what the engine calls the run
   * @param actor whom the audit trail names
   */
  public void noteSubmitted(
      VersionName name, String engineJob, String actor, Map<String, String> detail) {
    owner.inTransaction(
        connection -> {
          noteEngineJob(connection, name, engineJob);
          AuditTrail.write(connection, actor, name, "submitted", detail);
          return null;
        });
  }

  /**
   * Sets how fast a candidate's fenced legs may read, and whether it stays at its fence.
   *
   * @param rate records a second; 0 without limit
   * @param actor whom the audit trail names
   */
  public void setCourse(VersionName name, long rate, boolean toFenceOnly, String actor) {
    owner.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE kappa.version SET rate = ?, to_fence_only = ?"
                      + " WHERE job = ? AND version = ? AND (rate, to_fence_only) <> (?, ?)")) {
            update.setLong(1, rate);
            update.setBoolean(2, toFenceOnly);
            update.setString(3, name.job().value());
            update.setInt(4, name.number());
            update.setLong(5, rate);
            update.setBoolean(6, toFenceOnly);
            if (update.executeUpdate() == 1) {
              Map<String, String> detail =
                  Map.of("rate", Long.toString(rate), "toFenceOnly", Boolean.toString(toFenceOnly));
              AuditTrail.write(connection, actor, name, "set", detail);
            }
          }
          return null;
        });
  }

  /**
   * Does something while nobody else can hand in the same version.
   *
   * @throws Refusal if somebody else is at it
   */
  public <T> T whileSubmitting(VersionName name, Supplier<T> work) {
    return owner.inTransaction(
        connection -> {
          if (!Locks.ofSubmission(connection, name)) {
            throw new Refusal(
                "Another command is handing %s in right now".formatted(name),
                "./kappa status shows what comes of it");
          }
          return work.get();
        });
  }

  private static void noteEngineJob(Connection connection, VersionName name, String engineJob)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE kappa.run r SET flink_job_id = ?
             WHERE r.job = ? AND r.version = ?
               AND r.generation = (SELECT max(generation) FROM kappa.run n
                                    WHERE n.job = r.job AND n.version = r.version)
            """)) {
      update.setString(1, engineJob);
      update.setString(2, name.job().value());
      update.setInt(3, name.number());
      update.executeUpdate();
    }
  }

  private static Map<String, String> described(Version version) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("jar", version.jarSha256());
    detail.put("start", Json.text(version.start().offsets()));
    detail.put("logEnd", Json.text(version.logEnd().offsets()));
    detail.put("truncated", Boolean.toString(version.truncated()));
    version.parameters().forEach((key, value) -> detail.put("set " + key, value));
    return detail;
  }

  private static int insertVersion(Connection connection, Version version, Course course)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO kappa.version (job, version, schema_name, phase, jar_sha256, jar,
                parameters, start, log_end, topic_ids, max_parallelism, truncated,
                purpose, baseline, to_fence_only, rate, replay_parallelism, replay_state,
                live_parallelism, live_state, live_interval, attached)
            VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?,
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)) {
      insert.setString(1, version.name().job().value());
      insert.setInt(2, version.name().number());
      insert.setString(3, version.name().schema());
      insert.setString(4, version.phase().name());
      insert.setString(5, version.jarSha256());
      insert.setString(6, version.jar());
      insert.setString(7, Json.text(version.parameters()));
      insert.setString(8, Json.text(version.start().offsets()));
      insert.setString(9, Json.text(version.logEnd().offsets()));
      insert.setString(10, Json.text(version.topicIds()));
      insert.setInt(11, version.maxParallelism());
      insert.setBoolean(12, version.truncated());
      insert.setString(13, version.purpose().name());
      Rows.set(insert, 14, course.baseline());
      insert.setBoolean(15, course.toFenceOnly());
      insert.setLong(16, course.rate());
      Rows.set(insert, 17, course.replay().parallelism());
      insert.setString(18, course.replay().stateBackend());
      Rows.set(insert, 19, course.live().parallelism());
      insert.setString(20, course.live().stateBackend());
      insert.setString(21, course.live().checkpointInterval());
      insert.setBoolean(22, course.attached());
      return insert.executeUpdate();
    }
  }

  private static void insertLedger(Connection connection, VersionName name, Frontier start)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO kappa.ledger (job, version, frontier, counts)"
                + " VALUES (?, ?, ?::jsonb, ?::jsonb)")) {
      insert.setString(1, name.job().value());
      insert.setInt(2, name.number());
      insert.setString(3, Json.text(start.offsets()));
      insert.setString(4, Json.nothingCounted(start));
      insert.executeUpdate();
    }
  }
}
