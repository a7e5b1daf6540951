package io.kappa.control.compare;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.time.Instant;

/**
 * A candidate held against its baseline: at which place, what was found, what was expected, and
 * what follows.
 *
 * @param leg the candidate's leg that ended at the fence
 * @param baseline number of the version that it was held against
 * @param fence the frontier at which both stood
 * @param expectedSha256 of the expectations' text; empty if there were none
 * @param expectedBy {@code jar}, or the path of the expectations' file
 */
public record Comparison(
    VersionName candidate,
    int leg,
    int baseline,
    Frontier fence,
    String expectedSha256,
    String expectedBy,
    Report report,
    Verdict verdict,
    Instant at) {

  /** The same rows, judged by other expectations. */
  public Comparison judgedBy(Expected expected, Report withItsChecks, Instant now) {
    return new Comparison(
        candidate,
        leg,
        baseline,
        fence,
        expected.sha256(),
        expected.by(),
        withItsChecks,
        Verdict.of(withItsChecks, expected.expectations()),
        now);
  }
}
