package io.kappa.savepoints.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * A savepoint's description in the words of the JDK alone, in which it can go from one class loader
 * to another, and be said as JSON.
 */
public final class Facts {

  private Facts() {}

  /** Checkpoint, bytes, offsets and operators. */
  public static Map<String, Object> of(Savepoint savepoint) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("checkpoint", savepoint.checkpointId());
    facts.put("bytes", savepoint.bytes());
    facts.put("offsets", savepoint.offsets());
    facts.put("operators", savepoint.operators().stream().map(Facts::of).toList());
    return facts;
  }

  /** The savepoint whose description this is. */
  @SuppressWarnings("unchecked") // as written above
  public static Savepoint savepoint(Map<String, Object> facts) {
    return new Savepoint(
        (Long) facts.get("checkpoint"),
        (SortedMap<String, SortedMap<Integer, Long>>) facts.get("offsets"),
        all(facts, "operators").stream().map(Facts::operator).toList());
  }

  private static Map<String, Object> of(SavedOperator operator) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", operator.id());
    operator.uid().ifPresent(uid -> facts.put("uid", uid));
    operator.name().ifPresent(name -> facts.put("name", name));
    facts.put("parallelism", operator.parallelism());
    facts.put("maxParallelism", operator.maxParallelism());
    facts.put("bytes", operator.bytes());
    facts.put("states", operator.states().stream().map(Facts::of).toList());
    return facts;
  }

  private static SavedOperator operator(Map<String, Object> facts) {
    return new SavedOperator(
        (String) facts.get("id"),
        Optional.ofNullable((String) facts.get("uid")),
        Optional.ofNullable((String) facts.get("name")),
        (Integer) facts.get("parallelism"),
        (Integer) facts.get("maxParallelism"),
        (Long) facts.get("bytes"),
        all(facts, "states").stream().map(Facts::state).toList());
  }

  private static Map<String, Object> of(SavedState state) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", state.name());
    facts.put("kind", state.kind().name());
    state.key().ifPresent(type -> facts.put("key", of(type)));
    state.namespace().ifPresent(type -> facts.put("namespace", of(type)));
    state.value().ifPresent(type -> facts.put("value", of(type)));
    state.elements().ifPresent(elements -> facts.put("elements", elements));
    return facts;
  }

  private static SavedState state(Map<String, Object> facts) {
    return new SavedState(
        (String) facts.get("name"),
        StateKind.valueOf((String) facts.get("kind")),
        type(facts, "key"),
        type(facts, "namespace"),
        type(facts, "value"),
        facts.get("elements") instanceof Long elements
            ? OptionalLong.of(elements)
            : OptionalLong.empty());
  }

  private static Map<String, Object> of(SavedType type) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("type", type.type());
    facts.put("serializer", type.serializer());
    facts.put("version", type.version());
    if (!type.fields().isEmpty()) {
      facts.put("fields", type.fields());
    }
    return facts;
  }

  @SuppressWarnings("unchecked") // as written above
  private static Optional<SavedType> type(Map<String, Object> facts, String part) {
    return Optional.ofNullable((Map<String, Object>) facts.get(part))
        .map(
            type ->
                new SavedType(
                    (String) type.get("type"),
                    (String) type.get("serializer"),
                    (Integer) type.get("version"),
                    (Map<String, String>) type.getOrDefault("fields", Map.of())));
  }

  @SuppressWarnings("unchecked") // as written above
  private static List<Map<String, Object>> all(Map<String, Object> facts, String which) {
    return (List<Map<String, Object>>) facts.get(which);
  }
}
