package io.kappa.savepoints.inspect;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a savepoint, in the words of the JDK alone, for who asks through a class loader of its
 * own.
 */
public final class Inspection {

  private Inspection() {}

  /**
   * The facts about a savepoint, as they are to be said as JSON; classes are those of the thread's
   * context.
   *
   * @throws UnreadableSavepointException if there is no savepoint, or part of it is missing
   */
  public static Map<String, Object> of(String directory) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Savepoint savepoint = new SavepointReader(classes).read(Path.of(directory));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("path", directory);
    facts.put("checkpoint", savepoint.checkpointId());
    facts.put("bytes", savepoint.bytes());
    facts.put("operators", savepoint.operators().stream().map(Inspection::facts).toList());
    return facts;
  }

  private static Map<String, Object> facts(SavedOperator operator) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", operator.id());
    operator.uid().ifPresent(uid -> facts.put("uid", uid));
    operator.name().ifPresent(name -> facts.put("name", name));
    facts.put("parallelism", operator.parallelism());
    facts.put("maxParallelism", operator.maxParallelism());
    facts.put("bytes", operator.bytes());
    List<Map<String, Object>> states = operator.states().stream().map(Inspection::facts).toList();
    facts.put("states", states);
    return facts;
  }

  private static Map<String, Object> facts(SavedState state) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", state.name());
    facts.put("kind", state.kind().name());
    state.key().ifPresent(type -> facts.put("key", facts(type)));
    state.namespace().ifPresent(type -> facts.put("namespace", facts(type)));
    state.value().ifPresent(type -> facts.put("value", facts(type)));
    return facts;
  }

  private static Map<String, Object> facts(SavedType type) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("type", type.type());
    facts.put("serializer", type.serializer());
    facts.put("version", type.version());
    return facts;
  }
}
