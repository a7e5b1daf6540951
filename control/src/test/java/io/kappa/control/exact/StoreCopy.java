package io.kappa.control.exact;

import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A copy of a version's tables and its ledger, and the way back to it. */
final class StoreCopy implements AutoCloseable {

  private static final List<String> TABLES =
      List.of(
          "activity_metrics_v1.item_hourly",
          "activity_metrics_v1.country_hourly",
          "activity_metrics_v1.item_totals",
          "activity_metrics_v1.quarantine");

  private final Connection owner;

  private StoreCopy(Connection owner) {
    this.owner = owner;
  }

  static StoreCopy of(TestDatabase database) throws SQLException {
    Connection owner = database.connect("kappa_owner");
    owner.setAutoCommit(false);
    owner.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = owner.createStatement()) {
      for (String table : TABLES) {
        statement.execute("CREATE TEMP TABLE \"%s\" AS SELECT * FROM %s".formatted(table, table));
      }
      statement.execute("CREATE TEMP TABLE \"kappa.ledger\" AS SELECT * FROM kappa.ledger");
    }
    owner.commit();
    owner.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return new StoreCopy(owner);
  }

  void putBack() throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute("SELECT * FROM kappa.ledger FOR UPDATE");
      for (String table : TABLES) {
        statement.execute("DELETE FROM " + table);
        statement.execute("INSERT INTO %s SELECT * FROM pg_temp.\"%s\"".formatted(table, table));
      }
      // Whoever waits for the row is to find it, as after a restart of a restored store.
      statement.execute(
          "UPDATE kappa.ledger l SET checkpoint_id = c.checkpoint_id, link = c.link,"
              + " frontier = c.frontier, counts = c.counts, committed_at = c.committed_at"
              + " FROM pg_temp.\"kappa.ledger\" c");
    }
    owner.commit();
  }

  @Override
  public void close() throws SQLException {
    owner.close();
  }
}
