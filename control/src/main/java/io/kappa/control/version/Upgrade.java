package io.kappa.control.version;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of how a version runs, its state and its tables kept.
 *
 * @param number 1 for a version's first
 * @param begunAt when it was asked for
 * @param leg the leg that it ends
 * @param goal what the log held when that leg had ended; the changed version has to come there
 * @param why it failed
 * @param lastCommit the last commit before
 * @param nextCommit the first commit seen afterwards
 */
public record Upgrade(
    int number,
    Instant begunAt,
    UpgradeStage stage,
    int leg,
    Outfit before,
    Outfit after,
    Optional<Frontier> goal,
    Optional<String> why,
    Optional<Instant> lastCommit,
    Optional<Instant> nextCommit) {

  /** Whether something is left to do. */
  public boolean isOpen() {
    return stage.isOpen();
  }

  /** How long nothing was committed; half a second too long at most. */
  public Optional<Duration> pause() {
    return lastCommit.flatMap(from -> nextCommit.map(to -> Duration.between(from, to)));
  }
}
