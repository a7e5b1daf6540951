package io.kappa.control.version;

import io.kappa.common.job.Durations;
import java.util.OptionalInt;

/**
 * How the engine runs a version. It changes no result.
 *
 * @param parallelism the engine's default if empty
 * @param stateBackend {@code rocksdb} or {@code hashmap}
 * @param checkpointInterval a number with ms, s or m behind it: {@code 1s}; of a leg with a fence,
 *     on its way there
 */
public record RunProfile(OptionalInt parallelism, String stateBackend, String checkpointInterval) {

  private static final String RARE = "10s";
  private static final String DISK = "rocksdb";
  private static final String HEAP = "hashmap";

  /** For a version that readers see: state on disk, a commit a second. */
  public static final RunProfile LIVE = new RunProfile(OptionalInt.empty(), DISK, "1s");

  /** For a leg that reads history: state in memory, commits now and then. */
  public static final RunProfile REPLAY = new RunProfile(OptionalInt.empty(), HEAP, "30s");

  /** How often there are checkpoints while the version has nothing to read, or is far behind. */
  public String rareCheckpointInterval() {
    return Durations.millis(checkpointInterval) > Durations.millis(RARE)
        ? checkpointInterval
        : RARE;
  }

  /** The same with another parallelism. */
  public RunProfile with(OptionalInt other) {
    return new RunProfile(other, stateBackend, checkpointInterval);
  }

  /** Whether state is kept in memory. */
  public boolean isOnHeap() {
    return stateBackend.equals(HEAP);
  }

  /** The same with state on disk. */
  public RunProfile onDisk() {
    return withState(DISK);
  }

  /** The same with another state backend. */
  public RunProfile withState(String backend) {
    return new RunProfile(parallelism, backend, checkpointInterval);
  }
}
