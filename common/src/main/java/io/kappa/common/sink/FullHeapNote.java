package io.kappa.common.sink;

import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes down in the catalogue that a run has stopped reading because its state fills the memory,
 * so that whoever drives its version lets it go on with state on disk.
 */
public final class FullHeapNote implements Serializable {

  private final Run run;
  private final StoreAddress store;

  public FullHeapNote(Run run, StoreAddress store) {
    this.run = run;
    this.store = store;
  }

  /**
   * Writes it; the first time stays.
   *
   * @throws IOException if the store doesn't take it
   */
  public void write() throws IOException {
    String sql =
        "UPDATE kappa.run SET heap_full_at = clock_timestamp()"
            + " WHERE job = ? AND version = ? AND generation = ? AND heap_full_at IS NULL";
    try (Connection connection = store.connect(run.purpose());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      statement.setLong(3, run.generation());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("The store didn't take the note that the memory is full", e);
    }
  }
}
