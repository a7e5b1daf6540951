package io.kappa.control.replay;

import io.kappa.common.table.Identifier;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What somebody wants of a job's first version.
 *
 * @param given parameters that aren't to have their default
 * @param truncatedIsFine a log whose head is gone is accepted
 * @param profile how the engine is to run it, which changes no result
 */
public record LaunchRequest(
    Identifier job,
    Map<String, String> given,
    boolean truncatedIsFine,
    OptionalInt maxParallelism,
    Profile profile) {

  /** What a version's state can be divided into, if nobody says. */
  public static final int DEFAULT_MAX_PARALLELISM = 128;

  /**
   * How the engine runs a version.
   *
   * @param parallelism the engine's default if empty
   * @param stateBackend {@code rocksdb} or {@code hashmap}
   * @param checkpointInterval as Flink writes it: {@code 1s}
   */
  public record Profile(OptionalInt parallelism, String stateBackend, String checkpointInterval) {

    /** For a version that readers see: state on disk, a commit a second. */
    public static final Profile LIVE = new Profile(OptionalInt.empty(), "rocksdb", "1s");
  }
}
