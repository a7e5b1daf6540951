package io.kappa.control.cutover;

import io.kappa.control.version.VersionName;

/**
 * What somebody wants to do with readers, given what they saw when they began.
 *
 * @param from the version that readers saw
 * @param to the version that they are to see
 * @param generation the pointer's; if it is another one later, somebody else was faster
 */
public record Intent(Way way, VersionName from, VersionName to, long generation) {

  /** Whether readers see already what they are to see. */
  public boolean isDone() {
    return from.equals(to);
  }

  /** Across to a candidate, or back to the version before. */
  public enum Way {
    CUT_OVER("cut over"),
    ROLL_BACK("rolled back");

    private final String event;

    Way(String event) {
      this.event = event;
    }

    /** What the audit trail calls it. */
    public String event() {
      return event;
    }
  }
}
