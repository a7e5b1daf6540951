package io.kappa.control.compare;

/**
 * What came of a check.
 *
 * @param detail why it couldn't be run, or what it said instead of true; else empty
 */
public record CheckResult(String name, Outcome outcome, String detail) {

  /** What can come of a check. */
  public enum Outcome {
    HOLDS,
    /** It said false, NULL or nothing. */
    DOES_NOT_HOLD,
    /** PostgreSQL refused it, or it took too long. */
    COULD_NOT_BE_RUN
  }
}
