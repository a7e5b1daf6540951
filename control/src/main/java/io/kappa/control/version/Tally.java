package io.kappa.control.version;

/**
 * What became of records: each one before the frontier is in exactly one of the four.
 *
 * @param applied went into the job
 * @param filtered the job doesn't want them
 * @param quarantined couldn't be used, and lie in the quarantine
 * @param gaps offsets that carry no record, such as the marks of transactions
 */
public record Tally(long applied, long filtered, long quarantined, long gaps) {

  /** No record at all. */
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(
        applied + other.applied,
        filtered + other.filtered,
        quarantined + other.quarantined,
        gaps + other.gaps);
  }
}
