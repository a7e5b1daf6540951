package io.kappa.control.compare;

import java.util.Locale;

/** How a row of the candidate differs from the baseline's row with the same key. */
public enum Difference {
  /** Both have it, and at least one column isn't the same. */
  CHANGED,
  /** The baseline alone has it. */
  MISSING,
  /** The candidate alone has it. */
  EXTRA;

  /** As the tables of differences and people call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
