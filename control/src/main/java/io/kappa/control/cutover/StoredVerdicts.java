package io.kappa.control.cutover;

import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.compare.Expected;
import io.kappa.control.compare.StandingVerdict;
import io.kappa.control.compare.Verdict;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.VersionName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Goes by the newest comparison in the catalogue: it has to stand still, and to have passed. */
public final class StoredVerdicts implements VerdictCheck {

  private final Store owner;

  public StoredVerdicts(Store owner) {
    this.owner = owner;
  }

  @Override
  public Optional<String> whyNot(VersionName candidate, int live) {
    Optional<Comparison> newest = new Comparisons(owner).newest(candidate);
    Optional<String> expired =
        StandingVerdict.whyNot(
            newest,
            candidate,
            newestFence(candidate),
            OptionalInt.of(live),
            newest.flatMap(StoredVerdicts::digestNow));
    return expired.or(() -> newest.flatMap(StoredVerdicts::whyNotPassed));
  }

  private Optional<Frontier> newestFence(VersionName candidate) {
    return new Versions(owner)
        .snapshot().of(candidate).stream()
            .flatMap(entry -> entry.legs().stream())
            .flatMap((Leg leg) -> leg.fence().stream())
            .reduce((earlier, later) -> later);
  }

  private static Optional<String> digestNow(Comparison comparison) {
    return comparison.expectedBy().equals(Expected.JAR)
        ? Optional.empty()
        : Expected.digestNow(Path.of(comparison.expectedBy()));
  }

  private static Optional<String> whyNotPassed(Comparison comparison) {
    Verdict verdict = comparison.verdict();
    return verdict.outcome() == Verdict.Outcome.PASS
        ? Optional.empty()
        : Optional.of(
            "the verdict on %s is %s: %s"
                .formatted(
                    comparison.candidate(),
                    verdict.outcome(),
                    verdict.reasons().stream().findFirst().orElse("no reason was noted")));
  }
}
