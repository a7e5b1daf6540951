package io.kappa.control.cutover;

import io.kappa.control.Refusal;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.cutover.JobRows.Row;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.VersionName;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Which of a job's versions is the candidate: pure decisions over their rows. */
final class Candidate {

  private Candidate() {}

  /** The job's candidate, unless readers see it. */
  static Optional<VersionName> of(VersionName live, NavigableMap<Integer, Row> versions) {
    return versions.descendingMap().entrySet().stream()
        .filter(entry -> entry.getKey() != live.number() && entry.getValue().isCandidate())
        .map(entry -> new VersionName(live.job(), entry.getKey()))
        .findFirst();
  }

  /**
   * The version that readers can be cut over to; the live one if they were cut over to it already,
   * and nothing came after.
   *
   * @throws Refusal if there is none, or it isn't ready
   */
  static VersionName toCutOverTo(VersionName live, NavigableMap<Integer, Row> versions) {
    Optional<VersionName> there = of(live, versions);
    if (there.isEmpty() && versions.get(live.number()).purpose() == Purpose.REPLAY) {
      return live;
    }
    VersionName candidate =
        there.orElseThrow(
            () ->
                new Refusal(
                    "%s is live, and there is no candidate to cut over to".formatted(live),
                    "./kappa replay %s makes one".formatted(live.job())));
    Row row = versions.get(candidate.number());
    if (row.purpose() == Purpose.VERIFY) {
      throw new Refusal(
          "%s only verifies v%d; readers can't be cut over to it"
              .formatted(candidate, live.number()),
          "./kappa replay %s makes a candidate, once that is over".formatted(live.job()));
    }
    if (row.phase() == Phase.FAILED) {
      throw new Refusal(
          "%s is FAILED; readers can be cut over to a READY version".formatted(candidate),
          "./kappa abort %s clears it away, then ./kappa replay %s"
              .formatted(live.job(), live.job()));
    }
    if (row.phase() != Phase.READY) {
      throw new Refusal(
          "%s is %s; readers can be cut over to it when it is READY"
              .formatted(candidate, row.phase()),
          "./kappa wait %s waits for that".formatted(live.job()));
    }
    return candidate;
  }

  /**
   * What becomes of the version that readers leave. After a way back it is ready again, unless
   * another candidate has that place: a way back is never refused for a replay's sake.
   */
  static Phase phaseAfter(Intent intent, NavigableMap<Integer, Row> versions) {
    boolean otherCandidate =
        versions.entrySet().stream()
            .filter(entry -> entry.getKey() != intent.from().number())
            .map(Map.Entry::getValue)
            .anyMatch(Row::isCandidate);
    return intent.way() == Way.CUT_OVER || otherCandidate ? Phase.STANDBY : Phase.READY;
  }
}
