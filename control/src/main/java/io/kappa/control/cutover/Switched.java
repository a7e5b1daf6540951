package io.kappa.control.cutover;

import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;

/**
 * A switch that was made.
 *
 * @param before the frontier of the version that readers saw
 * @param after the frontier of the version that they see, at or past the other in each partition
 * @param generation the pointer's, from now on
 * @param left the phase of the version that readers saw, from now on
 * @param ground what it was allowed by: a verdict, a reason that was given, or that it's a way back
 */
public record Switched(
    Intent intent, Frontier before, Frontier after, long generation, Phase left, String ground) {}
