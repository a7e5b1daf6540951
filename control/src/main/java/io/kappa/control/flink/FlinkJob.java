package io.kappa.control.flink;

import io.kappa.control.version.EngineState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** A job that a Flink cluster knows. */
public record FlinkJob(String id, String name, EngineState state, Instant startedAt) {

  /** Of the jobs of that name, the one at work, or else the one that began last. */
  public static Optional<FlinkJob> named(String name, Collection<FlinkJob> jobs) {
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .max(
            Comparator.comparing((FlinkJob job) -> job.state().isActive())
                .thenComparing(FlinkJob::startedAt));
  }
}
