package io.kappa.control.version;

import java.time.Instant;
import java.util.Optional;

/**
 * One time that a version was submitted to the engine.
 *
 * @param generation 1 for the first
 * @param leg the leg that it ran
 * @param engineJob what the engine calls it; empty until that is known
 * @param failure why it stopped for good
 * @param heapFullAt when it ceased to read, as its state fills the memory
 */
public record Run(
    long generation,
    int leg,
    Optional<String> engineJob,
    Instant startedAt,
    Optional<String> failure,
    Optional<Instant> failedAt,
    Optional<Instant> heapFullAt) {}
