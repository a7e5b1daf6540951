package io.kappa.common.job;

import java.util.ArrayList;
import java.util.List;

/** The parameters that every job has. They are part of a version, as the job's own are. */
public final class StandardParameters {

  /** L: an event more than this behind its partition's highest event time is late. */
  public static final Parameter<Long> LATENESS =
      Parameter.duration(
          "lateness",
          "24h",
          "an event this much behind the highest event time before it in its partition is late");

  /** F: an event more than this ahead of its record's broker timestamp is from the future. */
  public static final Parameter<Long> FUTURE =
      Parameter.duration(
          "future", "1h", "an event this much ahead of its broker timestamp is from the future");

  private StandardParameters() {}

  /** The standard parameters and the job's own. */
  public static List<Parameter<?>> with(JobDefinition job) {
    List<Parameter<?>> all = new ArrayList<>(List.of(LATENESS, FUTURE));
    all.addAll(job.parameters());
    return List.copyOf(all);
  }
}
