package io.kappa.peers.hazelcast;

import com.hazelcast.jet.core.AbstractProcessor;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes {@link Rows}, each in a transaction of its own. It keeps nothing: what came before a
 * snapshot is committed before the snapshot is complete.
 */
final class TableWriter extends AbstractProcessor {

  private static final int MOST_TRIES = 30;
  private static final long PAUSE_MS = 1000;

  private final Tables tables;
  private Connection connection;

  TableWriter(Tables tables) {
    this.tables = tables;
  }

  @Override
  public boolean isCooperative() {
    return false;
  }

  @Override
  protected boolean tryProcess(int ordinal, Object item) throws Exception {
    Rows rows = (Rows) item;
    for (int tried = 1; !written(rows, tried); tried++) {
      Thread.sleep(PAUSE_MS);
    }
    return true;
  }

  /** Whether it went well; {@code false} if the server is gone and may come back. */
  private boolean written(Rows rows, int tried) throws SQLException {
    try {
      if (connection == null) {
        connection = tables.connect();
      }
      rows.write(connection, tables);
      connection.commit();
      return true;
    } catch (SQLException e) {
      close();
      if (tried == MOST_TRIES || !passes(e)) {
        throw e;
      }
      return false;
    }
  }

  /** Whether the same may go well later: no connection, server shut down, or a deadlock. */
  private static boolean passes(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("40"));
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      Connection used = connection;
      connection = null;
      used.close();
    }
  }
}
