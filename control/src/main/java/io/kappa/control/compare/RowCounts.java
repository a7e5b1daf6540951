package io.kappa.control.compare;

/**
 * How many rows of a table are the same in both, and how many aren't.
 *
 * @param equal the same in every column that both have
 * @param changed in both, with at least one column that differs
 * @param missing in the baseline alone
 * @param extra in the candidate alone
 */
public record RowCounts(long equal, long changed, long missing, long extra) {

  /** The rows that differ in any way. */
  public long differing() {
    return changed + missing + extra;
  }

  /** The rows that both have. */
  public long inBoth() {
    return equal + changed;
  }

  /** All rows of the baseline. */
  public long inBaseline() {
    return inBoth() + missing;
  }

  /** All rows of the candidate. */
  public long inCandidate() {
    return inBoth() + extra;
  }

  /** Both together. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        equal + other.equal, changed + other.changed, missing + other.missing, extra + other.extra);
  }
}
