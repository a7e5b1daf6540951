package io.kappa.common.sink;

import io.kappa.common.table.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a submission known to the catalogue before it is one: it gets the ledger, with a generation
 * and a token of its own, and whoever had it before can write nothing from then on.
 */
public final class RunRegistration {

  private final StoreAddress store;

  public RunRegistration(StoreAddress store) {
    this.store = store;
  }

  /**
   * Takes the ledger of a version over for a new run of its newest leg.
   *
   * @param restored whether the run goes on from a checkpoint or savepoint
   * @param follows the link that the ledger has to be at; empty: whichever
   * @throws IllegalArgumentException if there is no such version, or it can't be run so
   * @throws SQLException if the store can't be asked
   */
  public VersionPlan register(String job, int version, boolean restored, Optional<String> follows)
      throws SQLException {
    try (Connection connection = store.connect("kappa %s v%d start".formatted(job, version))) {
      connection.setAutoCommit(false);
      LockedLedger ledger = LockedLedger.lock(connection, job, version);
      ledger.refuseUnless(restored, follows);
      Run run = new Run(job, version, ledger.generation() + 1, UUID.randomUUID());
      VersionPlan plan = new PlanQuery(connection, run).plan();
      ledger.refuse(plan.leg(), restored);
      takeOver(connection, plan);
      record(connection, plan);
      connection.commit();
      return plan;
    }
  }

  /**
   * It takes the bulk path if that was made for it and nothing was committed yet. Only a run says
   * so itself: the jar that is replayed may be of a time when there was no such path.
   */
  private static void takeOver(Connection connection, VersionPlan plan) throws SQLException {
    Run run = plan.run();
    String sql =
        "UPDATE kappa.ledger SET generation = ?, token = ?,"
            + " bulk = bulk OR (link = '' AND to_regclass(?) IS NOT NULL)"
            + " WHERE job = ? AND version = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, run.generation());
      statement.setObject(2, run.token());
      statement.setString(3, new BulkSql(new Identifier(plan.schema())).name());
      statement.setString(4, run.job());
      statement.setInt(5, run.version());
      statement.executeUpdate();
    }
  }

  private static void record(Connection connection, VersionPlan plan) throws SQLException {
    Run run = plan.run();
    String sql =
        "INSERT INTO kappa.run (job, version, generation, token, leg, flink_job_id)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      statement.setLong(3, run.generation());
      statement.setObject(4, run.token());
      statement.setInt(5, plan.leg().number());
      // Who hands it in may be killed right after, and its checkpoints have to be found.
      statement.setString(6, run.flinkJobId());
      statement.executeUpdate();
    }
  }
}
