package io.kappa.benchmarks;

import io.kappa.local.Endpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A replay that has come to its fence.
 *
 * @param begun when the command was given
 * @param atFence when the store had all rows up to the fence
 */
public record ReplayToFence(Instant begun, Instant atFence) {

  private static final String AT_FENCE =
      """
      SELECT at FROM kappa.audit
       WHERE job = ? AND event = 'at the fence' ORDER BY version DESC LIMIT 1""";

  /**
   * Replays a job that lives, and leaves the candidate where it is.
   *
   * @throws BenchmarkException if it doesn't come to its fence
   */
  public static ReplayToFence of(OwnStack stack, String job) {
    Instant begun = Instant.now();
    stack.kappa("replay", job, "--parallelism=" + Setting.PARALLELISM, "--to-fence-only", "--wait");
    try (Connection owner = stack.connection(Endpoints.OWNER);
        PreparedStatement statement = owner.prepareStatement(AT_FENCE)) {
      statement.setString(1, job);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new BenchmarkException("No candidate of %s was ever at its fence".formatted(job));
        }
        return new ReplayToFence(begun, row.getTimestamp(1).toInstant());
      }
    } catch (SQLException e) {
      throw new BenchmarkException("The serving store can't be asked", e);
    }
  }

  /** From the command to the fence. */
  public double seconds() {
    return Duration.between(begun, atFence).toMillis() / 1000.0;
  }
}
