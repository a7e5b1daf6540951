package io.kappa.benchmarks.peers;

/**
 * One reading of a workload's log.
 *
 * @param rows in the three tables at the end
 */
record GrowthRun(String workload, PeerRun run, long rows) {}
