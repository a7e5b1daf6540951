package io.kappa.benchmarks.peers;

/**
 * One reading of a log by one contender.
 *
 * @param events how many records the log has
 * @param seconds from the start of its JVM, or of the command, to the last row
 * @param cpuSeconds processor time of its own processes
 * @param storeCpuSeconds processor time of PostgreSQL
 * @param peakMb the most memory that its processes had resident, in MiB
 */
record PeerRun(
    String contender,
    long events,
    int round,
    double seconds,
    double cpuSeconds,
    double storeCpuSeconds,
    long peakMb) {}
