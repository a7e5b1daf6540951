package io.kappa.control.version;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is wanted of a version, and what was done with it. Unlike the {@link Version} it changes.
 *
 * @param baseline the version it is compared with
 * @param toFenceOnly it stays at its fence until told otherwise
 * @param rate records a second that a fenced leg may read at most; 0 without limit
 * @param replay how its fenced legs are run
 * @param live how its last leg is run
 * @param attached the contract views have a branch for it
 * @param failure why it is FAILED
 * @param dropAfter when the tables of a version that is over may go
 * @param dropped they went
 */
public record Course(
    OptionalInt baseline,
    boolean toFenceOnly,
    long rate,
    RunProfile replay,
    RunProfile live,
    boolean attached,
    Optional<String> failure,
    Optional<Instant> dropAfter,
    boolean dropped) {

  /** The course of a job's first version. */
  public static Course ofFirst(RunProfile live) {
    return new Course(
        OptionalInt.empty(),
        false,
        0,
        RunProfile.REPLAY.with(live.parallelism()),
        live,
        true,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The course of a version that is to be compared with another one. */
  public static Course ofCandidate(
      int baseline, boolean toFenceOnly, long rate, RunProfile replay, RunProfile live) {
    return new Course(
        OptionalInt.of(baseline),
        toFenceOnly,
        rate,
        replay,
        live,
        false,
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
