package io.kappa.control.version;

import io.kappa.common.table.Identifier;

/**
 * Which version of which job.
 *
 * @param number 1 for a job's first version, one more for each further one
 */
public record VersionName(Identifier job, int number) {

  /**
   * @throws IllegalArgumentException if the number is below 1
   */
  public VersionName {
    if (number < 1) {
      throw new IllegalArgumentException("version is %d, allowed is 1 or more".formatted(number));
    }
  }

  /** The schema that holds this version's own tables: {@code activity_metrics_v1}. */
  public String schema() {
    return job.schema().value() + "_v" + number;
  }

  /** The schema that holds what this version is compared with, and what differs. */
  public String baselineSchema() {
    return schema() + "_baseline";
  }

  /** What the engine calls the version's run: {@code activity-metrics-v1}. */
  public String runName() {
    return job.value() + "-v" + number;
  }

  @Override
  public String toString() {
    return job + " v" + number;
  }
}
