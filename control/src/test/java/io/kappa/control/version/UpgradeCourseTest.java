package io.kappa.control.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Every situation of an upgrade, held against what must and mustn't be done in it. */
class UpgradeCourseTest {

  private static final Frontier START = Frontier.of(Map.of("t", Map.of(0, 5L)));
  private static final Frontier GOAL = Frontier.of(Map.of("t", Map.of(0, 9L)));
  private static final Outfit BEFORE = new Outfit("a", "a.jar", Map.of(), OptionalInt.of(1));
  private static final Outfit AFTER = new Outfit("b", "b.jar", Map.of(), OptionalInt.of(2));
  private static final Set<EngineState> ACTIVE =
      EnumSet.of(
          EngineState.STARTING, EngineState.RUNNING, EngineState.RESTARTING, EngineState.STOPPING);

  /** In which stages an action may be taken at all. */
  private static final Map<Action, Set<UpgradeStage>> STAGES =
      Map.of(
          Action.STOP_WITH_SAVEPOINT, EnumSet.of(UpgradeStage.STOPPING),
          Action.OPEN_UPGRADED_LEG, EnumSet.of(UpgradeStage.STOPPING),
          Action.SUBMIT,
              EnumSet.of(UpgradeStage.STOPPING, UpgradeStage.TRYING, UpgradeStage.RETURNING),
          Action.CANCEL, EnumSet.of(UpgradeStage.STOPPING, UpgradeStage.GOING_BACK),
          Action.GIVE_UP_UPGRADE, EnumSet.of(UpgradeStage.TRYING),
          Action.OPEN_LEG_BACK, EnumSet.of(UpgradeStage.GOING_BACK),
          Action.NOTE_FIRST_COMMIT, EnumSet.of(UpgradeStage.TRYING, UpgradeStage.RETURNING),
          Action.END_UPGRADE, EnumSet.of(UpgradeStage.TRYING, UpgradeStage.RETURNING),
          Action.END_STUCK, EnumSet.of(UpgradeStage.RETURNING),
          Action.WAIT, EnumSet.allOf(UpgradeStage.class));

  /** What holds in every situation. */
  private static final Map<String, BiPredicate<Situation, Action>> RULES =
      Map.ofEntries(
          Map.entry(
              "an action is taken in its stages only",
              (seen, next) -> STAGES.get(next).contains(stage(seen))),
          Map.entry(
              "nothing is handed in twice",
              (seen, next) ->
                  next != Action.SUBMIT
                      || !(ACTIVE.contains(seen.engine()) || seen.engine() == EngineState.UNKNOWN)),
          Map.entry(
              "nothing goes on elsewhere while the run before may be at work",
              (seen, next) ->
                  next != Action.OPEN_LEG_BACK
                      || !(ACTIVE.contains(seen.engine()) || seen.engine() == EngineState.UNKNOWN)),
          Map.entry(
              "it goes on from a savepoint, or from where it failed",
              (seen, next) ->
                  next != Action.OPEN_UPGRADED_LEG
                      || seen.leg().flatMap(Leg::savepoint).isPresent()
                      || EnumSet.of(EngineState.CANCELED, EngineState.FAILED)
                          .contains(seen.engine())),
          Map.entry(
              "it is done once it commits, and the changed one once it has come to the goal",
              (seen, next) ->
                  next != Action.END_UPGRADE
                      || (seen.committed()
                          && seen.engine() == EngineState.RUNNING
                          && seen.failure().isEmpty()
                          && (stage(seen) == UpgradeStage.RETURNING
                              || seen.frontier().reaches(GOAL)))),
          Map.entry(
              "a failure of the changed one leads back, of the one before to an end",
              (seen, next) ->
                  seen.failure().isEmpty()
                      || switch (stage(seen)) {
                        case TRYING -> next == Action.GIVE_UP_UPGRADE;
                        case RETURNING -> next == Action.END_STUCK;
                        default -> true;
                      }),
          Map.entry(
              "nobody waits for a version that is cancelled for good",
              (seen, next) ->
                  next != Action.WAIT
                      || !EnumSet.of(EngineState.FAILED, EngineState.CANCELED)
                          .contains(seen.engine())
                      || seen.failure().isPresent()),
          Map.entry(
              "what has stopped by itself is never handed in as it was",
              (seen, next) ->
                  stage(seen) != UpgradeStage.STOPPING
                      || next != Action.SUBMIT
                      || seen.engine() == EngineState.NOT_RUNNING),
          Map.entry(
              "what fails again and again is ended",
              (seen, next) ->
                  stage(seen) != UpgradeStage.STOPPING
                      || seen.failure().isEmpty()
                      || seen.leg().flatMap(Leg::savepoint).isPresent()
                      || !ACTIVE.contains(seen.engine())
                      || next == Action.CANCEL));

  @Test
  void everySituation() {
    Lifecycle lifecycle = new Lifecycle(Pacing.DEFAULT);
    Set<Action> came = EnumSet.noneOf(Action.class);
    int situations = 0;
    for (Situation seen : situations()) {
      Action next = lifecycle.next(seen);
      RULES.forEach(
          (rule, holds) ->
              assertThat(holds.test(seen, next)).as("%s: %s in %s", rule, next, seen).isTrue());
      came.add(next);
      situations++;
    }
    assertThat(came).containsExactlyInAnyOrderElementsOf(STAGES.keySet());
    assertThat(situations).isEqualTo(4 * 9 * 2 * 2 * 2 * 2 * 2);
  }

  @Test
  void whatIsOverStaysOver() {
    for (UpgradeStage stage : List.of(UpgradeStage.DONE, UpgradeStage.BACK, UpgradeStage.STUCK)) {
      assertThat(
              new Lifecycle(Pacing.DEFAULT)
                  .next(situation(stage, EngineState.FAILED, true, true, true, true, true)))
          .isEqualTo(Action.NOTHING);
    }
  }

  @Test
  void theWayWithoutTrouble() {
    assertThat(next(UpgradeStage.STOPPING, EngineState.RUNNING, false, false, false))
        .isEqualTo(Action.STOP_WITH_SAVEPOINT);
    assertThat(next(UpgradeStage.STOPPING, EngineState.FINISHED, true, false, false))
        .isEqualTo(Action.OPEN_UPGRADED_LEG);
    assertThat(next(UpgradeStage.TRYING, EngineState.NOT_RUNNING, false, false, false))
        .isEqualTo(Action.SUBMIT);
    assertThat(next(UpgradeStage.TRYING, EngineState.RUNNING, false, true, false))
        .isEqualTo(Action.NOTE_FIRST_COMMIT);
    assertThat(next(UpgradeStage.TRYING, EngineState.RUNNING, false, true, true))
        .isEqualTo(Action.END_UPGRADE);
  }

  private static Action next(
      UpgradeStage stage, EngineState engine, boolean savepoint, boolean committed, boolean noted) {
    return new Lifecycle(Pacing.DEFAULT)
        .next(situation(stage, engine, savepoint, committed, true, false, noted));
  }

  private static UpgradeStage stage(Situation seen) {
    return seen.upgrade().orElseThrow().stage();
  }

  private static List<Situation> situations() {
    List<Situation> all = new ArrayList<>();
    for (UpgradeStage stage : EnumSet.range(UpgradeStage.STOPPING, UpgradeStage.RETURNING)) {
      for (EngineState engine : EngineState.values()) {
        for (int flags = 0; flags < 1 << 5; flags++) {
          all.add(
              situation(
                  stage,
                  engine,
                  is(flags, 0),
                  is(flags, 1),
                  is(flags, 2),
                  is(flags, 3),
                  is(flags, 4)));
        }
      }
    }
    return all;
  }

  private static Situation situation(
      UpgradeStage stage,
      EngineState engine,
      boolean savepoint,
      boolean committed,
      boolean atGoal,
      boolean failed,
      boolean noted) {
    Leg leg =
        new Leg(
            1,
            START,
            Optional.empty(),
            Optional.empty(),
            RunProfile.LIVE,
            0,
            savepoint ? Optional.of("file:/savepoint") : Optional.empty());
    Upgrade upgrade =
        new Upgrade(
            1,
            Instant.EPOCH,
            stage,
            1,
            BEFORE,
            AFTER,
            Optional.of(GOAL),
            Optional.empty(),
            Optional.empty(),
            noted ? Optional.of(Instant.EPOCH) : Optional.empty());
    return new Situation(
        Purpose.LAUNCH,
        Phase.LIVE,
        Course.ofFirst(RunProfile.LIVE),
        true,
        Optional.of(leg),
        atGoal ? GOAL : START,
        committed,
        engine,
        failed ? Optional.of("a bug") : Optional.empty(),
        false,
        false,
        engine == EngineState.RUNNING,
        0,
        true,
        true,
        true,
        false,
        Optional.of(upgrade),
        atGoal);
  }

  private static boolean is(int flags, int bit) {
    return (flags >> bit & 1) == 1;
  }
}
