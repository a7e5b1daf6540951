package io.kappa.common.sink;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down in the catalogue why a run stops for good, so that it can be told when Flink has
 * forgotten the run.
 */
public final class FailureNote implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(FailureNote.class);

  private final Run run;
  private final StoreAddress store;

  public FailureNote(Run run, StoreAddress store) {
    this.run = run;
    this.store = store;
  }

  /** Writes the cause as well as it can be done; the first one stays. */
  public void write(String cause) {
    String sql =
        "UPDATE kappa.run SET failure = ?, failed_at = clock_timestamp()"
            + " WHERE job = ? AND version = ? AND generation = ? AND failure IS NULL";
    try (Connection connection = store.connect(run.purpose());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, cause);
      statement.setString(2, run.job());
      statement.setInt(3, run.version());
      statement.setLong(4, run.generation());
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.warn(
          "The failure couldn't be written down, job={}, version={}", run.job(), run.version(), e);
    }
  }
}
