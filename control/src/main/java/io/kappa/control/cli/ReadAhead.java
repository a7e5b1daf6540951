package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far a version has read beyond what it has committed, for people who wait for it: between two
 * commits of a replay there may be half a minute. Only ever shown.
 */
final class ReadAhead {

  private static final long BETWEEN_LOOKS = Duration.ofSeconds(2).toNanos();

  private final FlinkCluster flink;
  private Optional<Frontier> seen = Optional.empty();
  private long next = System.nanoTime();

  ReadAhead(FlinkCluster flink) {
    this.flink = flink;
  }

  /**
   * Where its run has read to, as far as that's known.
   *
   * @param start where it began
   */
  Frontier of(VersionName version, Frontier start) {
    if (System.nanoTime() - next >= 0) {
      next = System.nanoTime() + BETWEEN_LOOKS;
      seen = look(version);
    }
    return seen.orElse(start);
  }

  private Optional<Frontier> look(VersionName version) {
    try {
      return flink
          .job(version.runName())
          .filter(job -> job.state().isActive())
          .map(FlinkJob::id)
          .map(flink::read)
          .filter(offsets -> !offsets.isEmpty())
          .map((Map<String, Map<Integer, Long>> offsets) -> Frontier.of(offsets));
    } catch (Refusal away) {
      // Whoever drives says so.
      return Optional.empty();
    }
  }
}
