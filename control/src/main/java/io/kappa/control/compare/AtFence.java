package io.kappa.control.compare;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Committed;
import io.kappa.control.catalogue.Json;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes sure that a candidate stands where its baseline's copy was taken. */
final class AtFence {

  private AtFence() {}

  /**
   * Looks into the ledger, in the transaction's own snapshot.
   *
   * @throws Refusal if the candidate hasn't come to the fence, or has left it
   */
  static void check(Connection connection, VersionName candidate, Frontier fence)
      throws SQLException {
    Frontier frontier = frontier(connection, candidate);
    if (!frontier.equals(fence)) {
      throw new Refusal(
          "%s is at %s and its fence is at %s: rows from two places in the log tell nothing"
              .formatted(candidate, Json.text(frontier.offsets()), Json.text(fence.offsets())),
          frontier.reaches(fence)
              ? "it has gone on; ./kappa replay %s makes a candidate that can be compared"
                  .formatted(candidate.job())
              : "./kappa wait %s waits until it is there".formatted(candidate.job()));
    }
  }

  /** Whether the candidate stands exactly at the fence. */
  static boolean stands(Connection connection, VersionName candidate, Frontier fence)
      throws SQLException {
    return frontier(connection, candidate).equals(fence);
  }

  private static Frontier frontier(Connection connection, VersionName candidate)
      throws SQLException {
    return Committed.frontier(connection, candidate)
        .orElseThrow(
            () ->
                new Refusal(
                    "The catalogue has no %s".formatted(candidate),
                    "./kappa status says which versions there are"));
  }
}
