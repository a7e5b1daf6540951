package io.kappa.common.sink;

import io.kappa.common.log.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A version's ledger as a new run finds it, its row locked: whether that run may have it.
 *
 * @param generation the run that owns it
 * @param link the last committed batch, as text; the empty text before any
 */
record LockedLedger(
    String job, int version, long generation, String link, long checkpoint, Position position) {

  /**
   * Locks the row until the transaction ends.
   *
   * @throws IllegalArgumentException if there is no such version
   */
  static LockedLedger lock(Connection connection, String job, int version) throws SQLException {
    String sql =
        "SELECT generation, link, checkpoint_id, frontier, counts FROM kappa.ledger"
            + " WHERE job = ? AND version = ? FOR UPDATE";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, job);
      statement.setInt(2, version);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException(
              "The catalogue has no version %d of %s; make it with `kappa start %s --no-submit`"
                  .formatted(version, job, job));
        }
        return new LockedLedger(
            job,
            version,
            row.getLong(1),
            row.getString(2),
            row.getLong(3),
            Position.parse(row.getString(4), row.getString(5)));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the ledger isn't where the run was to go on from
   */
  void refuseUnless(boolean restored, Optional<String> follows) {
    if (follows.isPresent() && !follows.get().equals(link)) {
      throw new IllegalArgumentException(
          "The ledger has moved on since this was submitted: version %d of %s was at '%s' and is at '%s'; see where it is with `kappa status %s`, and give the command again"
              .formatted(version, job, follows.get(), link, job));
    }
    if (!Link.parse(link).equals(Link.START) && !restored) {
      throw new IllegalArgumentException(
          "Version %d of %s has committed up to checkpoint %d and can't begin from nothing; give its newest checkpoint or savepoint with -s, or replay into a new version with `kappa replay %s`"
              .formatted(version, job, checkpoint, job));
    }
  }

  /**
   * @throws IllegalArgumentException if the leg can't begin here
   */
  void refuse(LegPlan leg, boolean restored) {
    if (leg.number() > 1 && !restored) {
      throw new IllegalArgumentException(
          "Leg %d of version %d of %s can't begin from nothing; give the savepoint of the leg before with -s, or replay into a new version with `kappa replay %s`"
              .formatted(leg.number(), version, job, job));
    }
    leg.stretches().forEach((topic, stretch) -> refuse(leg, topic, stretch));
  }

  /** A gap between what was read and what will be would be taken for offsets without records. */
  private void refuse(LegPlan leg, String topic, Stretch stretch) {
    Map<Integer, Long> frontier = position.frontier().getOrDefault(topic, Map.of());
    stretch
        .start()
        .forEach(
            (partition, start) -> {
              if (frontier.getOrDefault(partition, Long.MIN_VALUE) < start) {
                throw new IllegalArgumentException(
                    "Leg %d of version %d of %s begins at offset %d of partition %d of %s, and the version has only come to %s; let the leg before come to its fence first, or replay into a new version with `kappa replay %s`"
                        .formatted(
                            leg.number(),
                            version,
                            job,
                            start,
                            partition,
                            topic,
                            frontier.get(partition),
                            job));
              }
            });
  }
}
