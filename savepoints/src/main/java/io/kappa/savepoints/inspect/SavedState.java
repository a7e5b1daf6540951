package io.kappa.savepoints.inspect;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A state of an operator.
 *
 * @param key what it's kept by; empty where it isn't kept by key
 * @param namespace what divides it further; empty where nothing does. Of a broadcast state, its key
 * @param value what is kept; empty for timers
 * @param elements how many there are, of a list of a subtask; empty where only reading all of it
 *     would tell
 */
public record SavedState(
    String name,
    StateKind kind,
    Optional<SavedType> key,
    Optional<SavedType> namespace,
    Optional<SavedType> value,
    OptionalLong elements) {}
