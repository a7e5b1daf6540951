package io.kappa.savepoints.inspect;

import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/**
 * What a savepoint says of a state before it begins, with the serializers that wrote it.
 *
 * @param key what it's kept by, or of a broadcast state its key; empty for lists of a subtask
 * @param namespace what divides it further
 */
record StateHeader(
    String name,
    StateKind kind,
    Optional<TypeSerializerSnapshot<?>> key,
    Optional<TypeSerializerSnapshot<?>> namespace,
    Optional<TypeSerializerSnapshot<?>> value) {

  /** The same in words. */
  SavedState inWords() {
    return new SavedState(
        name,
        kind,
        key.map(Types::of),
        namespace.map(Types::of).filter(type -> !type.type().equals(Types.NONE)),
        kind == StateKind.TIMERS ? Optional.empty() : value.map(Types::of));
  }
}
