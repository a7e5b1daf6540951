package io.kappa.control.upgrade;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.Outfit;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants to change of a job's live version.
 *
 * @param jar the jar to go on with; empty: the one that it has
 * @param parallelism the parallelism to go on with
 * @param sameParallelism it is to have the parallelism that it has, whatever is said here
 */
public record UpgradeRequest(
    Identifier job, Optional<Path> jar, OptionalInt parallelism, boolean sameParallelism) {

  /** A request in which what isn't given stays. */
  public static UpgradeRequest of(Identifier job, Optional<Path> jar, OptionalInt parallelism) {
    return new UpgradeRequest(job, jar, parallelism, parallelism.isEmpty());
  }

  /** A request for just that; without a parallelism it is the engine's default. */
  static UpgradeRequest to(Identifier job, Outfit outfit) {
    return new UpgradeRequest(job, Optional.of(Path.of(outfit.jar())), outfit.parallelism(), false);
  }
}
