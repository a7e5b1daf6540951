package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.AnotherJar;
import io.kappa.control.replay.Driver;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.Action;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.Part;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrades of the shipped job on the whole stack, every part a process: whichever is killed at
 * whichever step, the version goes on, and a reader sees exact cuts only. Some of all combinations
 * each time; all of them with {@code -Dkappa.kills=12}.
 */
class KilledUpgradeIT {

  @RegisterExtension static final LocalStack stack = LocalStack.withFlink();

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A step of an upgrade, as a driver sees it. */
  @SuppressWarnings("ImmutableEnumChecker") // The predicates hold nothing.
  private enum Moment {
    BEFORE_THE_STOP(look -> look.next() == Action.STOP_WITH_SAVEPOINT && stops(look) == 0),
    WHILE_IT_STOPS(look -> stage(look) == UpgradeStage.STOPPING && stops(look) > 0),
    STOPPED(look -> look.next() == Action.OPEN_UPGRADED_LEG),
    BEFORE_IT_IS_HANDED_IN(
        look -> stage(look) == UpgradeStage.TRYING && look.next() == Action.SUBMIT),
    BEFORE_IT_COMMITS(look -> stage(look) == UpgradeStage.TRYING && look.next() == Action.WAIT),
    WHEN_IT_COMMITS(look -> look.next() == Action.NOTE_FIRST_COMMIT);

    private final Predicate<Driver.Look> isNow;

    Moment(Predicate<Driver.Look> isNow) {
      this.isNow = isNow;
    }

    private static int stops(Driver.Look look) {
      return look.entry().leg().map(Leg::stopAttempts).orElse(0);
    }

    private static UpgradeStage stage(Driver.Look look) {
      return look.entry().upgrade().orElseThrow().stage();
    }
  }

  private record Kill(Moment moment, Part part) {}

  @TempDir private Path directory;

  @Test
  void itGoesOnWhateverProcessIsKilledAtWhicheverStep() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    List<Kill> kills = kills(new Random(seed)).subList(0, Integer.getInteger("kappa.kills", 2));
    List<Cut> cuts;
    LogOracle oracle;
    Map<Integer, Long> end;
    try (ShippedVersion version = new ShippedVersion(stack, seed)) {
      version.log().write(2_000);
      version.start();
      assertThat(version.catchesUp(PATIENCE)).as(version::state).isTrue();
      try (CutReader reader = new CutReader(version.database())) {
        for (int round = 0; round < kills.size(); round++) {
          Upgrade upgrade = upgraded(version, kills.get(round), round);
          assertThat(upgrade.stage())
              .as("%s: %s", kills.get(round), upgrade)
              .isEqualTo(UpgradeStage.DONE);
          System.out.printf("%s: %s without a commit%n", kills.get(round), upgrade.pause());
          assertThat(version.catchesUp(PATIENCE)).as(version::state).isTrue();
        }
        cuts = reader.stop();
      }
      oracle = version.oracle();
      end = version.end();
    }

    assertThat(cuts).hasSizeGreaterThan(kills.size());
    assertThat(cuts).flatExtracting(cut -> cut.against(oracle)).isEmpty();
    assertThat(cuts.get(cuts.size() - 1).frontier()).isEqualTo(end);
  }

  private static List<Kill> kills(Random random) {
    List<Kill> kills = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      for (Part part : EnumSet.of(Part.TASKMANAGER, Part.JOBMANAGER)) {
        kills.add(new Kill(moment, part));
      }
    }
    Collections.shuffle(kills, random);
    return kills;
  }

  private Upgrade upgraded(ShippedVersion version, Kill kill, int round) throws Exception {
    Path jar = AnotherJar.of(version.jar(), "round " + round, directory);
    OptionalInt parallelism = OptionalInt.of(1 + round % 4);
    version.onTools(
        tools -> {
          Upgrader upgrader = new Upgrader(tools, line -> {});
          upgrader.begin(
              upgrader.plan(
                  UpgradeRequest.of(
                      version.entry().version().name().job(), Optional.of(jar), parallelism)));
          new Driver(tools, Pacing.DEFAULT, line -> {})
              .drive(version.entry().version().name(), new Killer(version, kill));
          return null;
        });
    return version.entry().upgrade().orElseThrow();
  }

  /** Kills a process when the moment has come, and starts it again. */
  private static final class Killer implements Driver.Passenger {

    private final ShippedVersion version;
    private final Kill kill;
    private final long end = System.nanoTime() + PATIENCE.toNanos();
    private boolean killed;

    Killer(ShippedVersion version, Kill kill) {
      this.version = version;
      this.kill = kill;
    }

    @Override
    public boolean isThere(Driver.Look look) {
      version.log().write(20);
      if (!killed && look.entry().isBeingUpgraded() && kill.moment().isNow.test(look)) {
        killed = true;
        stack.stack().kill9(kill.part());
        stack.stack().up(EnumSet.of(kill.part()), line -> {});
      }
      return !look.entry().isBeingUpgraded();
    }

    @Override
    public boolean hasEnough() {
      return System.nanoTime() > end;
    }

    @Override
    public void trouble(Optional<String> what) {
      // It may pass.
    }

    @Override
    public void rest(long millis) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
