package io.kappa.savepoints.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.savepoints.inspect.SavedOperator;
import io.kappa.savepoints.inspect.SavedState;
import io.kappa.savepoints.inspect.SavedType;
import io.kappa.savepoints.inspect.Savepoint;
import io.kappa.savepoints.inspect.StateKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each way in which two descriptions can differ, and the verdict on it. */
class CompatibilityTest {

  private static final SavedType LONG = new SavedType("Long", "LongSerializer", 1, Map.of());
  private static final SavedType TEXT = new SavedType("String", "StringSerializer", 1, Map.of());
  private static final EnumSet<Fit> LOST = EnumSet.of(Fit.INCOMPATIBLE);
  private static final EnumSet<Fit> FOUND = EnumSet.of(Fit.AS_IS, Fit.RECONFIGURED);

  @Test
  void everyKindWithEveryFit() {
    for (StateKind before : StateKind.values()) {
      for (StateKind now : StateKind.values()) {
        for (Optional<Fit> key : fits()) {
          for (Optional<Fit> namespace : fits()) {
            for (Optional<Fit> value : fits()) {
              StateFit fit = new StateFit(key, namespace, value);
              Compatibility found =
                  Compatibility.of(
                      savepoint(operator("a", state("s", before))),
                      savepoint(operator("a", state("s", now))),
                      new Fits(Map.of("id a", Map.of("s", fit)), Map.of()));
              assertThat(found.overall())
                  .as("%s to %s, %s", before, now, fit)
                  .isEqualTo(expected(before, now, fit));
            }
          }
        }
      }
    }
  }

  private static List<Optional<Fit>> fits() {
    return Stream.concat(
            Stream.of(Optional.<Fit>empty()), Stream.of(Fit.values()).map(Optional::of))
        .toList();
  }

  /** Said anew, from what Flink's documentation says of each part. */
  private static Verdict expected(StateKind before, StateKind now, StateFit fit) {
    boolean broadcast = now == StateKind.BROADCAST;
    // Keys and namespaces of keyed state are looked up by their bytes.
    Set<Fit> found = broadcast ? EnumSet.complementOf(LOST) : FOUND;
    boolean isFound =
        Stream.of(fit.key(), fit.namespace()).flatMap(Optional::stream).allMatch(found::contains);
    boolean isRead = !fit.value().equals(Optional.of(Fit.INCOMPATIBLE));
    if (before != now || !isFound || !isRead) {
      return Verdict.INCOMPATIBLE;
    }
    boolean isWrittenAnew =
        Stream.of(fit.value(), fit.key()).anyMatch(Optional.of(Fit.MIGRATED)::equals);
    return isWrittenAnew ? Verdict.MIGRATABLE : Verdict.SAME;
  }

  @Test
  void whatNobodyTakesUpIsRemoved() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE)), operator("b")),
            savepoint(operator("c")),
            Fits.NONE);

    assertThat(found.states())
        .containsExactly(
            new StateVerdict(
                "a",
                "s",
                Verdict.REMOVED,
                "no operator has this uid any more, and what it holds would be lost"));
    assertThat(found.isFine()).isFalse();
  }

  @Test
  void anOperatorWithoutStateMayGo() {
    assertThat(Compatibility.of(savepoint(operator("a")), savepoint(), Fits.NONE).overall())
        .isEqualTo(Verdict.SAME);
  }

  @Test
  void whatIsNewBeginsEmpty() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a")),
            savepoint(
                operator("a", state("s", StateKind.MAP)),
                operator("b", state("t", StateKind.LIST))),
            Fits.NONE);

    assertThat(found.states())
        .containsExactly(
            new StateVerdict("a", "s", Verdict.ADDED, "new; begins empty"),
            new StateVerdict("b", "t", Verdict.ADDED, "the operator is new; begins empty"));
    assertThat(found.isFine()).isTrue();
  }

  @Test
  void aStateThatGoesIsNamedWithTheOneThatComes() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE))),
            savepoint(operator("a", state("t", StateKind.VALUE))),
            Fits.NONE);

    assertThat(found.states().get(0).reason())
        .isEqualTo(
            "no state has this name any more; t is new and of the same type: give it the old name");
  }

  @Test
  void aStateThatGoesIsntTakenForOneOfAnotherKind() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE))),
            savepoint(operator("a", state("t", StateKind.LIST))),
            Fits.NONE);

    assertThat(found.states().get(0).reason())
        .isEqualTo("no state has this name any more, and what it holds would be lost");
  }

  @Test
  void anOperatorsStatesAreNoMoreThanItsMaxParallelism() {
    SavedOperator wide =
        new SavedOperator(
            "id a",
            Optional.of("a"),
            Optional.empty(),
            1,
            64,
            10,
            List.of(state("s", StateKind.VALUE)));
    Fits fits = new Fits(Map.of("id a", Map.of("s", sameFit())), Map.of());

    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE))), savepoint(wide), fits);

    assertThat(found.states().get(0).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    assertThat(found.states().get(0).reason()).startsWith("max parallelism was 128 and is 64");
  }

  @Test
  void maxParallelismIsThatOfAnOperatorWithoutStateToo() {
    SavedOperator wide =
        new SavedOperator("id a", Optional.of("a"), Optional.empty(), 1, 64, 0, List.of());

    assertThat(Compatibility.of(savepoint(operator("a")), savepoint(wide), Fits.NONE).overall())
        .isEqualTo(Verdict.INCOMPATIBLE);
  }

  @Test
  void whatCantBeReadIsIncompatibleAndSaysWhy() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE))),
            savepoint(operator("a", state("s", StateKind.VALUE))),
            new Fits(Map.of(), Map.of("id a", "class x.Gone isn't there")));

    assertThat(found.states())
        .containsExactly(
            new StateVerdict(
                "a", "s", Verdict.INCOMPATIBLE, "can't be read: class x.Gone isn't there"));
  }

  @Test
  void whatCouldntBeComparedIsUnknownAndNotFine() {
    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", state("s", StateKind.VALUE))),
            savepoint(operator("a", state("s", StateKind.VALUE))),
            Fits.NONE);

    assertThat(found.overall()).isEqualTo(Verdict.UNKNOWN);
    assertThat(found.isFine()).isFalse();
  }

  @Test
  void whatBecameOfTheFieldsIsSaid() {
    SavedType before =
        new SavedType("x.Total {…}", "Pojo", 3, Map.of("a", "Long", "b", "Int", "c", "Int"));
    SavedType now =
        new SavedType("x.Total {…}", "Pojo", 3, Map.of("b", "Int", "c", "Long", "d", "String"));
    StateFit fit =
        new StateFit(Optional.of(Fit.AS_IS), Optional.empty(), Optional.of(Fit.INCOMPATIBLE));

    Compatibility found =
        Compatibility.of(
            savepoint(operator("a", of(before))),
            savepoint(operator("a", of(now))),
            new Fits(Map.of("id a", Map.of("s", fit)), Map.of()));

    assertThat(found.states())
        .containsExactly(
            new StateVerdict(
                "a",
                "s",
                Verdict.INCOMPATIBLE,
                "field a: Long is gone; field c was Int and is Long; field d: String is new"));
  }

  private static SavedState of(SavedType value) {
    return new SavedState(
        "s",
        StateKind.VALUE,
        Optional.of(LONG),
        Optional.empty(),
        Optional.of(value),
        OptionalLong.empty());
  }

  @Test
  void whatFlinkOnlyEverReadsMayGoIfItHoldsNothing() {
    for (String name : List.of("streaming_committer_raw_states", "another")) {
      for (long elements : new long[] {0, 1}) {
        SavedState list = state(name, StateKind.OPERATOR_LIST, OptionalLong.of(elements));
        boolean fine = name.startsWith("streaming") && elements == 0;

        assertThat(
                Compatibility.of(
                        savepoint(operator("a", list)), savepoint(operator("a")), Fits.NONE)
                    .isFine())
            .as("%s with %d", name, elements)
            .isEqualTo(fine);
      }
    }
  }

  @Test
  void theWorstCounts() {
    for (Verdict one : Verdict.values()) {
      for (Verdict other : Verdict.values()) {
        List<StateVerdict> states = new ArrayList<>();
        states.add(new StateVerdict("a", "s", one, ""));
        states.add(new StateVerdict("a", "t", other, ""));
        assertThat(new Compatibility(states).isFine()).isEqualTo(one.isFine() && other.isFine());
      }
    }
  }

  private static StateFit sameFit() {
    return new StateFit(Optional.of(Fit.AS_IS), Optional.empty(), Optional.of(Fit.AS_IS));
  }

  private static Savepoint savepoint(SavedOperator... operators) {
    return new Savepoint(1, new TreeMap<>(), List.of(operators));
  }

  private static SavedOperator operator(String uid, SavedState... states) {
    return new SavedOperator(
        "id " + uid, Optional.of(uid), Optional.empty(), 1, 128, 10, List.of(states));
  }

  private static SavedState state(String name, StateKind kind) {
    return state(name, kind, OptionalLong.empty());
  }

  private static SavedState state(String name, StateKind kind, OptionalLong elements) {
    return new SavedState(
        name, kind, Optional.of(LONG), Optional.empty(), Optional.of(TEXT), elements);
  }
}
