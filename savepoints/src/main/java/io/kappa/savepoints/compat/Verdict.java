package io.kappa.savepoints.compat;

/** What becomes of a state, the best first. */
public enum Verdict {
  /** It goes on as it is. */
  SAME,
  /** It wasn't there before, and begins empty. */
  ADDED,
  /** It goes on, once it was written anew. */
  MIGRATABLE,
  /** Nothing takes it up: what it holds would be lost. */
  REMOVED,
  /** Nobody can tell. */
  UNKNOWN,
  /** It can't be read. */
  INCOMPATIBLE;

  /** Whether a job may go on with such a state. */
  public boolean isFine() {
    return compareTo(MIGRATABLE) <= 0;
  }
}
