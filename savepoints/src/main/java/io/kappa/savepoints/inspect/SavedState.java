package io.kappa.savepoints.inspect;

import java.util.Optional;

/**
 * A state of an operator.
 *
 * @param key what it's kept by; empty where it isn't kept by key
 * @param namespace what divides it further; empty where nothing does. Of a broadcast state, its key
 * @param value what is kept; empty for timers
 */
public record SavedState(
    String name,
    StateKind kind,
    Optional<SavedType> key,
    Optional<SavedType> namespace,
    Optional<SavedType> value) {}
