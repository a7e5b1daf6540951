package io.kappa.control.compare;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a verdict still counts. It is bound to the candidate, to the place in the log and to the
 * expectations that it was found by, and expires when one of them changes.
 */
public final class StandingVerdict {

  private StandingVerdict() {}

  /**
   * Why a comparison no longer counts, in one line; empty if it does.
   *
   * @param newest the comparison that was written last, if there is one
   * @param candidate the version that is to be judged
   * @param newestFence the fence of its newest leg that has one
   * @param live the version that readers see now
   * @param digestNow of the file that the expectations came from; empty if they came from the jar,
   *     or the file can't be read any more
   */
  public static Optional<String> whyNot(
      Optional<Comparison> newest,
      VersionName candidate,
      Optional<Frontier> newestFence,
      OptionalInt live,
      Optional<String> digestNow) {
    if (newest.isEmpty()) {
      return Optional.of("%s was never compared".formatted(candidate));
    }
    Comparison stored = newest.get();
    if (!stored.candidate().equals(candidate)) {
      return Optional.of("%s was compared, and not %s".formatted(stored.candidate(), candidate));
    }
    if (newestFence.isEmpty() || !stored.fence().equals(newestFence.get())) {
      return Optional.of("%s was compared at another fence than its newest".formatted(candidate));
    }
    if (!holdsAgainst(stored, live)) {
      return Optional.of(
          "%s was compared with v%d, and readers see %s now"
              .formatted(
                  candidate,
                  stored.baseline(),
                  live.isPresent() ? "v" + live.getAsInt() : "no version"));
    }
    if (!stored.expectedBy().equals(Expected.JAR)
        && digestNow.isPresent()
        && !digestNow.get().equals(stored.expectedSha256())) {
      return Optional.of(
          "the expectations in %s have changed since %s was compared"
              .formatted(stored.expectedBy(), candidate));
    }
    return Optional.empty();
  }

  private static boolean holdsAgainst(Comparison stored, OptionalInt live) {
    return live.isPresent()
        && (live.getAsInt() == stored.baseline() || live.getAsInt() == stored.candidate().number());
  }
}
