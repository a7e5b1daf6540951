package io.kappa.control.version;

import java.util.OptionalInt;

/**
 * Which version of a job readers see.
 *
 * @param generation raised by each switch
 */
public record Pointer(OptionalInt live, long generation) {}
