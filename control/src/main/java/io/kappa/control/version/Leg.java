package io.kappa.control.version;

import java.util.Optional;

/**
 * One way of a version through the log.
 *
 * @param number 1 for the first
 * @param start where its source begins
 * @param fence where it halts without ending; empty: it goes on for ever
 * @param restoreFrom the savepoint that it begins from; empty: from nothing
 * @param stopAttempts how often it was asked to stop with a savepoint
 * @param savepoint where it ended; empty as long as it hasn't
 */
public record Leg(
    int number,
    Frontier start,
    Optional<Frontier> fence,
    Optional<String> restoreFrom,
    RunProfile profile,
    int stopAttempts,
    Optional<String> savepoint) {

  /** A version's first leg. */
  public static Leg first(Frontier start, Optional<Frontier> fence, RunProfile profile) {
    return new Leg(1, start, fence, Optional.empty(), profile, 0, Optional.empty());
  }
}
