package io.kappa.savepoints.inspect;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/**
 * What a savepoint says of a state before it begins, with the serializers that wrote it.
 *
 * @param key what it's kept by, or of a broadcast state its key; empty for lists of a subtask
 * @param namespace what divides it further
 * @param elements how many there are, of a list of a subtask; empty where nobody counts
 */
record StateHeader(
    String name,
    StateKind kind,
    Optional<TypeSerializerSnapshot<?>> key,
    Optional<TypeSerializerSnapshot<?>> namespace,
    Optional<TypeSerializerSnapshot<?>> value,
    OptionalLong elements) {

  /** The same state of two subtasks together. */
  StateHeader and(StateHeader other) {
    return new StateHeader(
        name,
        kind,
        key,
        namespace,
        value,
        elements.isPresent()
            ? OptionalLong.of(elements.getAsLong() + other.elements.orElse(0))
            : elements);
  }

  /** The same in words. */
  SavedState inWords() {
    return new SavedState(
        name,
        kind,
        key.map(Types::of),
        namespace.map(Types::of).filter(type -> !type.type().equals(Types.NONE)),
        kind == StateKind.TIMERS ? Optional.empty() : value.map(Types::of),
        elements);
  }
}
