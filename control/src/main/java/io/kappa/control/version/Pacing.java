package io.kappa.control.version;

/**
 * What counts as far, and as near, when a candidate comes up to the live version.
 *
 * @param far records that the log may gain past a fence before there is another fence
 * @param allowedLag records by which a candidate may lag behind more than twice what the live
 *     version does, and still be ready
 */
public record Pacing(long far, long allowedLag) {

  /** As shipped. */
  public static final Pacing DEFAULT = new Pacing(1_000_000, 10_000);

  /** Whether a candidate is near enough to the log's end. */
  public boolean isCaughtUp(Frontier candidate, Frontier live, Frontier logEnd) {
    return candidate.recordsTo(logEnd) <= 2 * live.recordsTo(logEnd) + allowedLag;
  }
}
