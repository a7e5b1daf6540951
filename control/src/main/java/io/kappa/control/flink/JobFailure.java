package io.kappa.control.flink;

import java.time.Instant;
import java.util.List;

/**
 * One time that a job had to be restarted.
 *
 * @param rootType the class of the innermost cause
 * @param cause what went wrong, in one line
 */
public record JobFailure(Instant at, String rootType, String cause) {

  private static final String NO_MEMORY = "java.lang.OutOfMemoryError";

  /** Families of causes that lie outside the job: something is away, slow, or was killed. */
  private static final List<String> FROM_OUTSIDE =
      List.of(
          "java.io.",
          "java.net.",
          "java.nio.",
          "java.sql.",
          "java.util.concurrent.",
          "java.lang.Interrupted",
          NO_MEMORY,
          "javax.net.",
          "org.postgresql.",
          "org.apache.kafka.",
          "org.apache.flink.");

  /** What Flink says when one of its processes is away: the same with any job. */
  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailable",
          "org.apache.flink.runtime.jobmaster.JobMasterException",
          "org.apache.flink.runtime.io.network.netty.exception.",
          "org.apache.flink.runtime.io.network.partition.");

  /** What Java says where it's the heap that is full, and not another kind of memory. */
  private static final List<String> OF_HEAP = List.of("Java heap space", "GC overhead limit");

  private static final String HEARTBEAT = "Heartbeat of ";

  /**
   * Whether a process of the cluster was away: it says nothing of the job, however often it
   * happens.
   */
  public boolean isOfTheCluster() {
    return OF_THE_CLUSTER.stream().anyMatch(rootType::startsWith) || cause.contains(HEARTBEAT);
  }

  /** Whether there was no room on the heap any more. */
  public boolean isOfFullHeap() {
    return rootType.equals(NO_MEMORY) && OF_HEAP.stream().anyMatch(cause::contains);
  }

  /**
   * Whether the job's own code failed: given the same records it fails again, however often it is
   * restarted.
   */
  public boolean isOfTheJob() {
    return FROM_OUTSIDE.stream().noneMatch(rootType::startsWith);
  }
}
