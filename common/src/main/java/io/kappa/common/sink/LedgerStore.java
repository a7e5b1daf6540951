package io.kappa.common.sink;

import io.kappa.common.log.Progress;
import io.kappa.common.sink.LedgerRules.Decision;
import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in PostgreSQL: one transaction a batch, and readers see it as a whole or not at all.
 */
final class LedgerStore {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);

  private final Run run;
  private final StoreAddress address;
  private final BatchRows rows;
  private final BulkRows bulk;
  private Connection connection;

  LedgerStore(Run run, StoreAddress address, String schema, List<TableShape> tables) {
    this.run = run;
    this.address = address;
    this.rows = new BatchRows(schema, tables);
    this.bulk = new BulkRows(schema, tables);
  }

  /**
   * Applies a batch and moves the ledger on to it, or finds that it was done before.
   *
   * @throws LedgerConflictException if the batch may never be applied
   * @throws SQLException if the store didn't do it; nobody knows whether it did
   */
  Decision commit(Batch batch, List<Progress> moves) throws SQLException, IOException {
    Connection open = connection();
    try {
      Ledger ledger = lock(open);
      Decision decision = LedgerRules.decide(run, ledger, batch);
      if (decision instanceof Decision.Refuse refused) {
        throw new LedgerConflictException(refused.cause());
      }
      if (decision instanceof Decision.Apply) {
        if (ledger.bulk()) {
          bulk.apply(open, batch);
        } else {
          rows.apply(open, batch);
        }
        advance(open, batch, ledger.position().advance(moves));
        open.commit();
        return decision;
      }
      LOG.info(
          "Checkpoint was committed before, job={}, version={}, checkpoint={}",
          run.job(),
          run.version(),
          batch.checkpoint());
      open.rollback();
      return decision;
    } catch (RuntimeException e) {
      open.rollback();
      throw e;
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = address.connect(run.purpose());
      connection.setAutoCommit(false);
      rows.open(connection);
    }
    return connection;
  }

  private Ledger lock(Connection open) throws SQLException {
    String sql =
        "SELECT generation, token, checkpoint_id, link, frontier, counts, bulk FROM kappa.ledger"
            + " WHERE job = ? AND version = ? FOR UPDATE";
    try (PreparedStatement statement = open.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new LedgerConflictException(
              "The serving store has no ledger for %s version %d; it was put back to a copy from before the version, or the version was removed"
                  .formatted(run.job(), run.version()));
        }
        return new Ledger(
            row.getLong(1),
            row.getObject(2, UUID.class),
            row.getLong(3),
            Link.parse(row.getString(4)),
            Position.parse(row.getString(5), row.getString(6)),
            row.getBoolean(7));
      }
    }
  }

  private void advance(Connection open, Batch batch, Position position) throws SQLException {
    String sql =
        "UPDATE kappa.ledger SET checkpoint_id = ?, link = ?, frontier = ?::jsonb, counts = ?::jsonb,"
            + " committed_at = clock_timestamp() WHERE job = ? AND version = ?";
    try (PreparedStatement statement = open.prepareStatement(sql)) {
      statement.setLong(1, batch.checkpoint());
      statement.setString(2, batch.link().text());
      statement.setString(3, position.frontierJson());
      statement.setString(4, position.countsJson());
      statement.setString(5, run.job());
      statement.setInt(6, run.version());
      statement.executeUpdate();
    }
  }

  void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("The connection was broken when it was closed", e);
    }
    connection = null;
  }
}
