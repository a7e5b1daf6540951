package io.kappa.common.sink;

import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down in the catalogue what becomes of a run, for those who look after its version. What
 * was written first stays.
 */
public final class RunNote implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(RunNote.class);

  private final Run run;
  private final StoreAddress store;

  public RunNote(Run run, StoreAddress store) {
    this.run = run;
    this.store = store;
  }

  /**
   * That the run stops for good, and why, so that it can be told when Flink has forgotten the run.
   * Where the store doesn't take it, that is only logged: the run stops all the same.
   */
  public void failed(String cause) {
    try {
      update("failure = ?, failed_at = clock_timestamp()", "failure", List.of(cause));
    } catch (SQLException e) {
      LOG.warn(
          "The failure couldn't be written down, job={}, version={}", run.job(), run.version(), e);
    }
  }

  /**
   * That the run reads no more because its state fills the memory, so that whoever drives its
   * version lets it go on with state on disk.
   *
   * @throws IOException if the store doesn't take it
   */
  public void heapIsFull() throws IOException {
    try {
      update("heap_full_at = clock_timestamp()", "heap_full_at", List.of());
    } catch (SQLException e) {
      throw new IOException("The store didn't take the note that the memory is full", e);
    }
  }

  private void update(String changes, String onceOnly, List<String> values) throws SQLException {
    String sql =
        "UPDATE kappa.run SET %s WHERE job = ? AND version = ? AND generation = ? AND %s IS NULL"
            .formatted(changes, onceOnly);
    try (Connection connection = store.connect(run.purpose());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (String value : values) {
        statement.setString(parameter++, value);
      }
      statement.setString(parameter++, run.job());
      statement.setInt(parameter++, run.version());
      statement.setLong(parameter, run.generation());
      statement.executeUpdate();
    }
  }
}
