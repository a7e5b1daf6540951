package io.kappa.common.sink;

import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How fast a version may read on a leg with a fence. The catalogue holds it, and an operator may
 * change it while the version runs.
 */
public final class ReplayRate implements Serializable {

  private static final int PATIENCE_MS = 10_000;

  private final Run run;
  private final StoreAddress store;
  private final long first;
  private final int topics;

  /**
   * @param first records/s over all topics when the run began; 0 without limit
   * @param topics how many topics share it
   */
  public ReplayRate(Run run, StoreAddress store, long first, int topics) {
    this.run = run;
    this.store = store;
    this.first = first;
    this.topics = topics;
  }

  /** The rate when the run began, records/s; 0 without limit. */
  public long first() {
    return first;
  }

  /** What one of the readers of a topic may read of a rate, records/s. */
  public double share(long rate, int readers) {
    return (double) rate / readers / topics;
  }

  /**
   * Looks the rate up as it is now, records/s; 0 without limit.
   *
   * @throws IOException if the store doesn't say
   */
  public long now() throws IOException {
    String sql = "SELECT rate FROM kappa.version WHERE job = ? AND version = ?";
    try (Connection connection = store.connect(run.purpose())) {
      connection.setNetworkTimeout(Runnable::run, PATIENCE_MS);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, run.job());
        statement.setInt(2, run.version());
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            return row.getLong(1);
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException("The store didn't say how fast the version may read", e);
    }
    throw new IOException(
        "The catalogue has no version %d of %s any more".formatted(run.version(), run.job()));
  }
}
