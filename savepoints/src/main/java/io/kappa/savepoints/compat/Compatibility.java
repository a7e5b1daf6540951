package io.kappa.savepoints.compat;

import io.kappa.savepoints.inspect.SavedOperator;
import io.kappa.savepoints.inspect.SavedState;
import io.kappa.savepoints.inspect.SavedType;
import io.kappa.savepoints.inspect.Savepoint;
import io.kappa.savepoints.inspect.StateKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a job can go on from a savepoint.
 *
 * @param states a verdict a state, in the order of operators and states; those that no longer have
 *     an operator last
 */
public record Compatibility(List<StateVerdict> states) {

  /**
   * Of a sink's writer that was restored once: Flink looks there for what releases before 1.14 may
   * have left, and leaves nothing itself.
   */
  private static final String ONLY_READ = "streaming_committer_raw_states";

  public Compatibility {
    states = List.copyOf(states);
  }

  /**
   * Judges.
   *
   * @param saved what the savepoint holds
   * @param blank what the job saves before it has read anything
   * @param fits how its serializers get on with those that wrote the savepoint
   */
  public static Compatibility of(Savepoint saved, Savepoint blank, Fits fits) {
    Map<String, SavedOperator> before = byId(saved);
    Map<String, SavedOperator> now = byId(blank);
    List<StateVerdict> states = new ArrayList<>();
    for (SavedOperator operator : now.values()) {
      SavedOperator old = before.get(operator.id());
      states.addAll(old == null ? added(operator) : new Kept(old, operator, fits).verdicts());
    }
    List<SavedOperator> fresh =
        now.values().stream().filter(each -> !before.containsKey(each.id())).toList();
    for (SavedOperator operator : before.values()) {
      if (!now.containsKey(operator.id())) {
        states.addAll(removed(operator, fresh));
      }
    }
    return new Compatibility(states);
  }

  /** The worst verdict of all. */
  public Verdict overall() {
    return states.stream()
        .map(StateVerdict::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.SAME);
  }

  /** Whether the job may go on from the savepoint. */
  public boolean isFine() {
    return overall().isFine();
  }

  private static Map<String, SavedOperator> byId(Savepoint savepoint) {
    Map<String, SavedOperator> operators = new LinkedHashMap<>();
    savepoint.operators().forEach(operator -> operators.put(operator.id(), operator));
    return operators;
  }

  private static List<StateVerdict> added(SavedOperator operator) {
    return operator.states().stream()
        .map(state -> verdict(operator, state, Verdict.ADDED, "the operator is new; begins empty"))
        .toList();
  }

  /** What has no state leaves nothing behind. */
  private static List<StateVerdict> removed(SavedOperator operator, List<SavedOperator> fresh) {
    Optional<String> alike =
        fresh.stream()
            .filter(each -> names(each).equals(names(operator)))
            .map(Compatibility::name)
            .findFirst();
    String reason =
        alike
            .map(
                other ->
                    "no operator has this uid any more; %s is new and keeps the same states: give it the old uid"
                        .formatted(other))
            .orElse("no operator has this uid any more, and what it holds would be lost");
    return operator.states().stream()
        .map(state -> verdict(operator, state, Verdict.REMOVED, reason))
        .toList();
  }

  private static Set<String> names(SavedOperator operator) {
    return operator.states().stream().map(SavedState::name).collect(Collectors.toSet());
  }

  static String name(SavedOperator operator) {
    return operator.uid().orElse(operator.id());
  }

  static StateVerdict verdict(
      SavedOperator operator, SavedState state, Verdict verdict, String reason) {
    return new StateVerdict(name(operator), state.name(), verdict, reason);
  }

  /** An operator that both have. */
  private record Kept(SavedOperator before, SavedOperator now, Fits fits) {

    List<StateVerdict> verdicts() {
      List<StateVerdict> verdicts = new ArrayList<>();
      whole().ifPresent(verdicts::add);
      Map<String, SavedState> states = states(now);
      for (SavedState state : before.states()) {
        SavedState other = states.get(state.name());
        verdicts.add(other == null ? gone(state) : held(state, other));
      }
      Set<String> known = names(before);
      for (SavedState state : now.states()) {
        if (!known.contains(state.name())) {
          verdicts.add(verdict(now, state, Verdict.ADDED, "new; begins empty"));
        }
      }
      return verdicts;
    }

    private static Map<String, SavedState> states(SavedOperator operator) {
      return operator.states().stream().collect(Collectors.toMap(SavedState::name, state -> state));
    }

    /** What concerns all its states at once. Flink wants it of operators without state too. */
    private Optional<StateVerdict> whole() {
      if (before.maxParallelism() == now.maxParallelism()) {
        return Optional.empty();
      }
      return Optional.of(
          new StateVerdict(
              name(now),
              "",
              Verdict.INCOMPATIBLE,
              "max parallelism was %d and is %d, so keys would belong to other subtasks than their state"
                  .formatted(before.maxParallelism(), now.maxParallelism())));
    }

    private StateVerdict gone(SavedState state) {
      if (state.name().equals(ONLY_READ) && state.elements().equals(OptionalLong.of(0))) {
        return verdict(now, state, Verdict.SAME, "is Flink's own and holds nothing");
      }
      Optional<SavedState> renamed =
          now.states().stream()
              .filter(each -> !names(before).contains(each.name()))
              .filter(each -> each.kind() == state.kind() && each.value().equals(state.value()))
              .findFirst();
      return verdict(
          now,
          state,
          Verdict.REMOVED,
          renamed
              .map(
                  other ->
                      "no state has this name any more; %s is new and of the same type: give it the old name"
                          .formatted(other.name()))
              .orElse("no state has this name any more, and what it holds would be lost"));
    }

    private StateVerdict held(SavedState state, SavedState other) {
      String unreadable = fits.unreadable().get(now.id());
      if (unreadable != null) {
        return verdict(now, state, Verdict.INCOMPATIBLE, "can't be read: " + unreadable);
      }
      if (state.kind() != other.kind()) {
        return verdict(
            now,
            state,
            Verdict.INCOMPATIBLE,
            "was of kind %s and is of kind %s".formatted(state.kind(), other.kind()));
      }
      return fits.of(now.id(), state.name())
          .map(fit -> fitting(state, other, fit))
          .orElseGet(
              () -> verdict(now, state, Verdict.UNKNOWN, "its serializers couldn't be compared"));
    }

    private StateVerdict fitting(SavedState state, SavedState other, StateFit fit) {
      if (isUnlike(fit.key(), state.kind())) {
        return verdict(
            now, state, Verdict.INCOMPATIBLE, "its key " + change(state.key(), other.key()));
      }
      if (isUnlike(fit.namespace(), state.kind())) {
        return verdict(
            now,
            state,
            Verdict.INCOMPATIBLE,
            "its namespace " + change(state.namespace(), other.namespace()));
      }
      return switch (fit.value().orElse(Fit.AS_IS)) {
        case INCOMPATIBLE ->
            verdict(now, state, Verdict.INCOMPATIBLE, change(state.value(), other.value()));
        case MIGRATED ->
            verdict(now, state, Verdict.MIGRATABLE, change(state.value(), other.value()));
        case AS_IS, RECONFIGURED ->
            fit.key().equals(Optional.of(Fit.MIGRATED))
                ? verdict(
                    now, state, Verdict.MIGRATABLE, "its key " + change(state.key(), other.key()))
                : verdict(now, state, Verdict.SAME, "goes on as it is");
      };
    }

    /** Flink finds keyed state by the bytes of its key, and never writes those anew. */
    private static boolean isUnlike(Optional<Fit> fit, StateKind kind) {
      return fit.equals(Optional.of(Fit.INCOMPATIBLE))
          || (fit.equals(Optional.of(Fit.MIGRATED)) && kind != StateKind.BROADCAST);
    }

    private static String change(Optional<SavedType> before, Optional<SavedType> now) {
      if (before.equals(now)) {
        return "is written in another way";
      }
      Map<String, String> old = before.map(SavedType::fields).orElse(Map.of());
      Map<String, String> current = now.map(SavedType::fields).orElse(Map.of());
      return old.isEmpty() || current.isEmpty() || old.equals(current)
          ? "was %s and is %s".formatted(text(before), text(now))
          : fields(old, current);
    }

    private static String fields(Map<String, String> before, Map<String, String> now) {
      Set<String> names = new TreeSet<>(before.keySet());
      names.addAll(now.keySet());
      return names.stream()
          .filter(name -> !Objects.equals(before.get(name), now.get(name)))
          .map(
              name ->
                  !before.containsKey(name)
                      ? "field %s: %s is new".formatted(name, now.get(name))
                      : !now.containsKey(name)
                          ? "field %s: %s is gone".formatted(name, before.get(name))
                          : "field %s was %s and is %s"
                              .formatted(name, before.get(name), now.get(name)))
          .collect(Collectors.joining("; "));
    }

    private static String text(Optional<SavedType> type) {
      return type.map(SavedType::type).orElse("none");
    }
  }
}
