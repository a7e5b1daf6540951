package io.kappa.benchmarks;

import io.kappa.local.Part;
import java.util.Map;

/**
 * How long events took from when they were due to when a reader saw a frontier past them, in
 * milliseconds.
 *
 * @param rate events a second
 * @param events how many were measured
 */
record LatencyRun(
    Setting setting,
    int rate,
    long events,
    double p50,
    double p90,
    double p99,
    double p999,
    double max,
    Map<Part, ProcessUse> uses) {}
