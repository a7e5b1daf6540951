package io.kappa.benchmarks;

import io.kappa.local.Part;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One reading of a whole log.
 *
 * @param input what was read
 * @param records how much of it
 * @param commits those that moved the frontier, in order; the last one came to the log's end
 * @param uses what the processes used from the start of the job on
 */
record ThroughputRun(
    String input,
    Setting setting,
    int repetition,
    long records,
    List<Commit> commits,
    Map<Part, ProcessUse> uses) {

  /**
   * A commit.
   *
   * @param seconds since {@code kappa start} was called
   * @param records before the frontier by then
   */
  record Commit(double seconds, long records) {}

  /** Seconds from calling {@code kappa start} to the last row. */
  double seconds() {
    return commits.get(commits.size() - 1).seconds();
  }

  /** Seconds from calling {@code kappa start} to the first rows. */
  double secondsToFirst() {
    return commits.get(0).seconds();
  }

  /** Records a second with all that a start takes. */
  double rate() {
    return records / seconds();
  }

  /**
   * Records a second from the first commit to the last. Two commits would say more about the wait
   * for the second one's checkpoint than about the speed, so it takes three.
   */
  OptionalDouble steadyRate() {
    if (commits.size() < 3) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((records - commits.get(0).records()) / (seconds() - secondsToFirst()));
  }
}
