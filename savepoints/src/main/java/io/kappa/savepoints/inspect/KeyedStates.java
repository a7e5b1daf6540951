package io.kappa.savepoints.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorState;

/** The keyed states of a savepoint with what reads them. */
public final class KeyedStates {

  /**
   * A state, and what reads it.
   *
   * @param operator what its operator left
   */
  public record KeyedState(
      OperatorState operator,
      StateKind kind,
      TypeSerializer<?> key,
      TypeSerializer<?> namespace,
      TypeSerializer<?> value) {}

  private final ClassLoader classes;

  /**
   * @param classes has the classes of the job that wrote the savepoint
   */
  public KeyedStates(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * One of them.
   *
   * @throws UnreadableSavepointException if there is none of that name; it says which there are
   */
  public KeyedState of(Path savepoint, String uid, String state) {
    Map<String, OperatorState> operators = new TreeMap<>();
    for (OperatorState operator : SavepointFile.in(savepoint, classes).operators()) {
      operators.put(
          operator.getOperatorUid().orElse(operator.getOperatorID().toHexString()), operator);
    }
    OperatorState operator = operators.get(uid);
    if (operator == null) {
      throw new UnreadableSavepointException(
          "There is no operator %s; there is %s"
              .formatted(uid, String.join(", ", operators.keySet())),
          null);
    }
    try {
      Map<String, StateHeader> keyed =
          new StateHeaders(classes)
              .of(operator).entrySet().stream()
                  .filter(each -> isReadable(each.getValue()))
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      StateHeader header =
          Optional.ofNullable(keyed.get(state))
              .orElseThrow(
                  () ->
                      new UnreadableSavepointException(
                          "%s has no state %s that is kept by key; it has %s"
                              .formatted(uid, state, String.join(", ", keyed.keySet())),
                          null));
      return new KeyedState(
          operator,
          header.kind(),
          header.key().orElseThrow().restoreSerializer(),
          header.namespace().orElseThrow().restoreSerializer(),
          header.value().orElseThrow().restoreSerializer());
    } catch (IOException e) {
      throw new UnreadableSavepointException(
          "State of %s can't be read: %s".formatted(uid, e.getMessage()), e);
    }
  }

  private static boolean isReadable(StateHeader header) {
    return switch (header.kind()) {
      case VALUE, LIST, MAP -> true;
      case REDUCING, AGGREGATING, TIMERS, OPERATOR_LIST, OPERATOR_UNION, BROADCAST -> false;
    };
  }
}
