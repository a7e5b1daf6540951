package io.kappa.benchmarks;

import io.kappa.local.Part;

/**
 * What a {@code kill -9} of a process cost, in seconds from the kill on.
 *
 * @param rate events a second that came all the while
 * @param firstCommit until a frontier was seen that is farther than any from before
 * @param caughtUp until the frontier was no farther behind than usual
 */
record RecoveryRun(Part killed, int rate, double firstCommit, double caughtUp) {}
