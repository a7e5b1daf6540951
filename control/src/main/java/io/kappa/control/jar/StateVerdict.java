package io.kappa.control.jar;

import java.util.Set;

/**
 * What would become of one state of a savepoint, or of all states of an operator.
 *
 * @param operator its uid
 * @param state empty: all of the operator
 * @param verdict SAME, ADDED, MIGRATABLE, REMOVED, UNKNOWN or INCOMPATIBLE
 * @param reason in words
 */
public record StateVerdict(String operator, String state, String verdict, String reason) {

  private static final Set<String> FINE = Set.of("SAME", "ADDED", "MIGRATABLE");

  /** Whether a job may go on with it. */
  public boolean isFine() {
    return FINE.contains(verdict);
  }
}
