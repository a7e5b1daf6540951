package io.kappa.control.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every situation there can be, held against what must and mustn't be done in it. */
class LifecycleTest {

  private static final Frontier START = Frontier.of(Map.of("t", Map.of(0, 0L)));
  private static final Frontier HALFWAY = Frontier.of(Map.of("t", Map.of(0, 5L)));
  private static final Frontier FENCE = Frontier.of(Map.of("t", Map.of(0, 9L)));
  private static final Set<Action> QUIET =
      EnumSet.of(Action.WAIT, Action.WAIT_FOR_LIVE, Action.NOTHING);

  /** What comes up where an upgrade is open; {@link UpgradeCourseTest} tries that. */
  private static final EnumSet<Action> OF_UPGRADES =
      EnumSet.range(Action.OPEN_UPGRADED_LEG, Action.END_STUCK);

  /** In which phases an action may be taken at all. */
  private static final Map<Action, Set<Phase>> PHASES =
      Map.ofEntries(
          Map.entry(Action.MAKE_SCHEMA, EnumSet.of(Phase.CREATED)),
          Map.entry(Action.TAKE_FENCE, EnumSet.of(Phase.CREATED, Phase.COMPARED)),
          Map.entry(
              Action.SUBMIT,
              EnumSet.of(Phase.CREATED, Phase.REPLAYING, Phase.COMPARED, Phase.CATCHING_UP)),
          Map.entry(Action.MARK_FENCED, EnumSet.of(Phase.REPLAYING)),
          Map.entry(Action.COMPARE, EnumSet.of(Phase.FENCED)),
          Map.entry(
              Action.STOP_WITH_SAVEPOINT,
              EnumSet.of(Phase.CREATED, Phase.REPLAYING, Phase.COMPARED, Phase.RETIRED)),
          Map.entry(Action.OPEN_LEG_ON_DISK, EnumSet.of(Phase.CREATED, Phase.REPLAYING)),
          Map.entry(Action.OPEN_LAST_LEG, EnumSet.of(Phase.REPLAYING, Phase.COMPARED)),
          Map.entry(Action.ATTACH, EnumSet.of(Phase.CATCHING_UP)),
          Map.entry(Action.MARK_READY, EnumSet.of(Phase.CATCHING_UP)),
          Map.entry(Action.MARK_PROGRESS, EnumSet.of(Phase.CREATED, Phase.REPLAYING)),
          Map.entry(
              Action.MARK_FAILED,
              EnumSet.of(
                  Phase.REPLAYING, Phase.FENCED, Phase.COMPARED, Phase.CATCHING_UP, Phase.READY)),
          Map.entry(Action.END_VERIFICATION, EnumSet.of(Phase.COMPARED)),
          Map.entry(
              Action.CANCEL,
              EnumSet.of(Phase.FAILED, Phase.COMPARED, Phase.RETIRED, Phase.ABORTED)),
          Map.entry(Action.DETACH, EnumSet.of(Phase.RETIRED, Phase.ABORTED)),
          Map.entry(Action.DROP, EnumSet.of(Phase.RETIRED, Phase.ABORTED)));

  /** What holds in every situation. */
  private static final Map<String, BiPredicate<Situation, Action>> RULES =
      Map.ofEntries(
          Map.entry(
              "an action is taken in its phases only",
              (seen, next) -> QUIET.contains(next) || PHASES.get(next).contains(seen.phase())),
          Map.entry(
              "nothing is done to a version that readers see or saw",
              (seen, next) ->
                  !EnumSet.of(Phase.LIVE, Phase.STANDBY).contains(seen.phase())
                      || next == Action.NOTHING),
          Map.entry(
              "a launched version is only watched, but where it has read history or has no room",
              (seen, next) ->
                  !isBeginning(seen)
                      || seen.leavesHeap()
                      || EnumSet.of(Action.WAIT, Action.MARK_PROGRESS).contains(next)
                      || seen.isAtFence()
                      || (seen.leg().flatMap(Leg::restoreFrom).isPresent()
                          && next == Action.SUBMIT)),
          Map.entry(
              "a launched version that has read history isn't compared, and goes on from its savepoint",
              (seen, next) ->
                  !isBeginning(seen)
                      || EnumSet.of(
                              Action.WAIT,
                              Action.MARK_PROGRESS,
                              Action.STOP_WITH_SAVEPOINT,
                              Action.OPEN_LEG_ON_DISK,
                              Action.OPEN_LAST_LEG,
                              Action.SUBMIT)
                          .contains(next)),
          Map.entry(
              "state goes to disk from where a leg in memory was stopped short of its fence",
              (seen, next) ->
                  next != Action.OPEN_LEG_ON_DISK
                      || (!seen.isAtFence()
                          && seen.leg().flatMap(Leg::savepoint).isPresent()
                          && seen.leg().orElseThrow().profile().isOnHeap())),
          Map.entry(
              "a version that has no room in memory is stopped, whatever else could be done",
              (seen, next) ->
                  !isReplayed(seen)
                      || !seen.heapIsFull()
                      || seen.isAtFence()
                      || seen.failure().isPresent()
                      || seen.engine() != EngineState.RUNNING
                      || EnumSet.of(Action.STOP_WITH_SAVEPOINT, Action.OPEN_LEG_ON_DISK)
                          .contains(next)),
          Map.entry(
              "a version with room isn't stopped short of its fence",
              (seen, next) ->
                  !isReplayed(seen)
                      || seen.heapIsFull()
                      || seen.leg().orElseThrow().stopAttempts() > 0
                      || seen.isAtFence()
                      || next != Action.STOP_WITH_SAVEPOINT),
          Map.entry(
              "the leg without an end begins from the savepoint of the one before",
              (seen, next) ->
                  next != Action.OPEN_LAST_LEG || seen.leg().flatMap(Leg::savepoint).isPresent()),
          Map.entry(
              "what a launched version failed of is for whoever starts it again",
              (seen, next) ->
                  !isBeginning(seen)
                      || seen.failure().isEmpty()
                      || EnumSet.of(Action.WAIT, Action.MARK_PROGRESS, Action.OPEN_LAST_LEG)
                          .contains(next)),
          Map.entry(
              "it is at its fence before it is compared",
              (seen, next) -> next != Action.MARK_FENCED || seen.isAtFence()),
          Map.entry(
              "nothing runs twice",
              (seen, next) ->
                  next != Action.SUBMIT
                      || !(seen.engine().isActive() || seen.engine() == EngineState.UNKNOWN)),
          Map.entry(
              "a fence is taken, and readiness noted, only while the live version is well",
              (seen, next) ->
                  !EnumSet.of(Action.TAKE_FENCE, Action.MARK_READY).contains(next)
                      || seen.liveIsWell()),
          Map.entry(
              "it waits for the live version only while that isn't well",
              (seen, next) -> next != Action.WAIT_FOR_LIVE || !seen.liveIsWell()),
          Map.entry(
              "it is ready once it has caught up, commits, and readers could see it",
              (seen, next) ->
                  next != Action.MARK_READY
                      || (seen.caughtUp()
                          && seen.committed()
                          && seen.course().attached()
                          && seen.engine() == EngineState.RUNNING)),
          Map.entry(
              "the next leg begins from a savepoint, and without an end if the log isn't far ahead",
              (seen, next) ->
                  seen.phase() != Phase.COMPARED
                      || !EnumSet.of(Action.OPEN_LAST_LEG, Action.TAKE_FENCE).contains(next)
                      || (seen.leg().flatMap(Leg::savepoint).isPresent()
                          && (next == Action.OPEN_LAST_LEG) == (seen.behind() <= 100))),
          Map.entry(
              "a verification never lives on",
              (seen, next) ->
                  seen.purpose() != Purpose.VERIFY
                      || seen.phase() != Phase.COMPARED
                      || EnumSet.of(
                              Action.END_VERIFICATION,
                              Action.CANCEL,
                              Action.NOTHING,
                              Action.MARK_FAILED)
                          .contains(next)),
          Map.entry(
              "a verification ends well only if nothing differs",
              (seen, next) -> next != Action.END_VERIFICATION || seen.identical()),
          Map.entry(
              "what failed for good is marked so",
              (seen, next) ->
                  seen.failure().isEmpty()
                      || !EnumSet.of(Phase.FENCED, Phase.COMPARED, Phase.CATCHING_UP, Phase.READY)
                          .contains(seen.phase())
                      || next == Action.MARK_FAILED),
          Map.entry(
              "what failed for good doesn't run on",
              (seen, next) ->
                  seen.phase() != Phase.FAILED
                      || next == (seen.engine().isActive() ? Action.CANCEL : Action.NOTHING)),
          Map.entry(
              "tables are dropped when the time has come and nothing runs or shows them",
              (seen, next) ->
                  next != Action.DROP
                      || (seen.dropDue()
                          && !seen.course().attached()
                          && !seen.course().dropped()
                          && !seen.engine().isActive()
                          && seen.engine() != EngineState.UNKNOWN)),
          Map.entry(
              "a candidate that is to stay at its fence stays",
              (seen, next) ->
                  seen.phase() != Phase.COMPARED
                      || !seen.course().toFenceOnly()
                      || seen.purpose() == Purpose.VERIFY
                      || seen.failure().isPresent()
                      || next == Action.NOTHING));

  @Test
  void everyRuleHoldsInEverySituationAndEveryActionComesUp() {
    Lifecycle lifecycle = new Lifecycle(new Pacing(100, 10));
    Set<Action> came = EnumSet.noneOf(Action.class);
    Map<String, Situation> broken = new TreeMap<>();
    forAll(
        seen -> {
          Action next = lifecycle.next(seen);
          came.add(next);
          RULES.forEach(
              (name, rule) -> {
                if (!rule.test(seen, next)) {
                  broken.put(name + ": " + next, seen);
                }
              });
        });

    assertThat(broken).isEmpty();
    assertThat(came).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(OF_UPGRADES));
  }

  private static void forAll(Consumer<Situation> each) {
    List<Optional<Leg>> legs =
        List.of(
            Optional.empty(),
            Optional.of(Leg.first(START, Optional.of(FENCE), RunProfile.REPLAY)),
            Optional.of(
                new Leg(
                    1,
                    START,
                    Optional.of(FENCE),
                    Optional.empty(),
                    RunProfile.REPLAY,
                    1,
                    Optional.of("file:/s"))),
            Optional.of(
                new Leg(
                    1,
                    START,
                    Optional.of(FENCE),
                    Optional.empty(),
                    RunProfile.REPLAY,
                    1,
                    Optional.empty())),
            Optional.of(
                new Leg(
                    2,
                    START,
                    Optional.of(FENCE),
                    Optional.of("file:/s"),
                    RunProfile.REPLAY.onDisk(),
                    0,
                    Optional.empty())),
            Optional.of(
                new Leg(
                    2,
                    FENCE,
                    Optional.empty(),
                    Optional.of("file:/s"),
                    RunProfile.LIVE,
                    0,
                    Optional.empty())));
    for (Purpose purpose : Purpose.values()) {
      for (Phase phase : Phase.values()) {
        for (Optional<Leg> leg : legs) {
          for (EngineState engine : EngineState.values()) {
            for (Frontier frontier : List.of(HALFWAY, FENCE)) {
              for (long behind : new long[] {100, 101}) {
                for (int flags = 0; flags < 1 << 11; flags++) {
                  each.accept(situation(purpose, phase, leg, engine, frontier, behind, flags));
                }
              }
            }
          }
        }
      }
    }
  }

  private static Situation situation(
      Purpose purpose,
      Phase phase,
      Optional<Leg> leg,
      EngineState engine,
      Frontier frontier,
      long behind,
      int flags) {
    Course course =
        new Course(
            OptionalInt.of(1),
            is(flags, 0),
            0,
            RunProfile.REPLAY,
            RunProfile.LIVE,
            is(flags, 1),
            Optional.empty(),
            Optional.empty(),
            is(flags, 2));
    return new Situation(
        purpose,
        phase,
        course,
        is(flags, 3),
        leg,
        frontier,
        is(flags, 4),
        engine,
        is(flags, 5) ? Optional.of("a bug") : Optional.empty(),
        is(flags, 10),
        is(flags, 6),
        is(flags, 7),
        behind,
        is(flags, 8),
        is(flags, 4),
        purpose == Purpose.LAUNCH,
        is(flags, 9),
        Optional.empty(),
        false);
  }

  /** On a leg with a fence, with its state in memory, and readers see what is to be seen of it. */
  private static boolean isReplayed(Situation seen) {
    boolean under =
        seen.phase() == Phase.REPLAYING
            || (seen.phase() == Phase.CREATED && seen.purpose() == Purpose.LAUNCH);
    return under
        && seen.leg().filter(leg -> leg.fence().isPresent()).isPresent()
        && seen.leg().get().profile().isOnHeap();
  }

  private static boolean isBeginning(Situation seen) {
    return seen.purpose() == Purpose.LAUNCH
        && EnumSet.of(Phase.CREATED, Phase.REPLAYING).contains(seen.phase());
  }

  private static boolean is(int flags, int bit) {
    return (flags >> bit & 1) == 1;
  }
}
