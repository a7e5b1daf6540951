package io.kappa.control.cutover;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Store;
import io.kappa.control.cutover.JobRows.Row;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Pointer;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Marks versions as over. Stopping them, detaching and dropping their tables is left to whoever
 * drives versions on.
 */
public final class Ending {

  private static final int LOCK_MILLIS = 5_000;

  /**
   * What somebody wants to end, given what they saw when they began.
   *
   * @param phase the one that it gets: ABORTED or RETIRED
   * @param grace how long its tables stay
   * @param done it was ended before; there is nothing to do
   */
  public record Plan(
      VersionName version, Phase phase, Duration grace, long generation, boolean done) {}

  private final Store owner;
  private final String actor;

  /**
   * @param actor whom the audit trail names
   */
  public Ending(Store owner, String actor) {
    this.owner = owner;
    this.actor = actor;
  }

  /**
   * Finds the candidate to abort.
   *
   * @throws Refusal if the job has none
   */
  public Plan ofCandidate(Identifier job) {
    return owner.inSnapshot(
        connection -> {
          JobRows rows = new JobRows(connection, job);
          Pointer pointer = rows.pointer();
          VersionName live = new VersionName(job, pointer.live().getAsInt());
          VersionName candidate =
              Candidate.of(live, rows.versions())
                  .orElseThrow(
                      () ->
                          new Refusal(
                              "%s is live, and there is no candidate to abort".formatted(live),
                              "./kappa status %s shows the versions that there are"
                                  .formatted(job)));
          return new Plan(candidate, Phase.ABORTED, Duration.ZERO, pointer.generation(), false);
        });
  }

  /**
   * Finds out whether a version can be retired.
   *
   * @param grace how long its tables stay
   * @throws Refusal if it is live, a candidate, or not there
   */
  public Plan ofFormer(VersionName version, Duration grace) {
    return owner.inSnapshot(
        connection -> {
          JobRows rows = new JobRows(connection, version.job());
          Pointer pointer = rows.pointer();
          NavigableMap<Integer, Row> versions = rows.versions();
          refuseNotFormer(version, pointer, versions);
          boolean done = versions.get(version.number()).phase() == Phase.RETIRED;
          return new Plan(version, Phase.RETIRED, grace, pointer.generation(), done);
        });
  }

  private static void refuseNotFormer(
      VersionName version, Pointer pointer, NavigableMap<Integer, Row> versions) {
    Row row = versions.get(version.number());
    if (row == null) {
      throw new Refusal(
          "There is no %s; there are versions %s".formatted(version, versions.keySet()),
          "give --version one of these");
    }
    if (pointer.live().getAsInt() == version.number()) {
      throw new Refusal(
          "%s is live: readers see it".formatted(version),
          "cut over to another version first, or roll back");
    }
    boolean failedFormer = row.phase() == Phase.FAILED && row.purpose() == Purpose.LAUNCH;
    if (row.phase() != Phase.STANDBY && row.phase() != Phase.RETIRED && !failedFormer) {
      throw new Refusal(
          "%s is %s; only a version that stands by can be retired".formatted(version, row.phase()),
          row.isCandidate()
              ? "./kappa abort %s ends a candidate".formatted(version.job())
              : "there is nothing left to do with it");
    }
  }

  /**
   * Writes the mark.
   *
   * @throws Refusal if the version can't be ended any more, or somebody else was faster
   */
  public void mark(Plan plan) {
    if (plan.done()) {
      return;
    }
    owner.inTransaction(
        connection -> {
          JobRows rows = new JobRows(connection, plan.version().job());
          rows.limitWaiting(LOCK_MILLIS);
          Pointer pointer = rows.lockPointer();
          if (!SwitchRules.isUnmoved(plan.generation(), pointer.generation())) {
            throw Moved.since(plan.generation(), plan.version().job(), pointer, rows);
          }
          refuseOverOrLive(plan, pointer, rows.lockVersions());
          end(connection, plan);
          rows.raiseGeneration(plan.generation() + 1);
          AuditTrail.write(connection, actor, plan.version(), event(plan.phase()), detail(plan));
          return null;
        });
  }

  /** The phase changes without the generation too: by whoever drives versions on. */
  private static void refuseOverOrLive(
      Plan plan, Pointer pointer, NavigableMap<Integer, Row> versions) {
    if (plan.phase() == Phase.RETIRED) {
      refuseNotFormer(plan.version(), pointer, versions);
    } else if (!versions.get(plan.version().number()).isCandidate()) {
      throw new Refusal(
          "%s is %s by now and can't be aborted"
              .formatted(plan.version(), versions.get(plan.version().number()).phase()),
          "look at ./kappa status");
    }
  }

  private static void end(Connection connection, Plan plan) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE kappa.version
               SET phase = ?, ended_at = clock_timestamp(),
                   drop_after = clock_timestamp() + ? * interval '1 second'
             WHERE job = ? AND version = ?
            """)) {
      update.setString(1, plan.phase().name());
      update.setLong(2, plan.grace().toSeconds());
      update.setString(3, plan.version().job().value());
      update.setInt(4, plan.version().number());
      update.executeUpdate();
    }
  }

  private static String event(Phase phase) {
    return phase == Phase.RETIRED ? "retired" : "aborted";
  }

  private static Map<String, String> detail(Plan plan) {
    return new TreeMap<>(
        Map.of(
            "generation", Long.toString(plan.generation() + 1),
            "graceSeconds", Long.toString(plan.grace().toSeconds())));
  }
}
