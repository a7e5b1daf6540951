package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.replay.CandidateRequest;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.History;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.version.Action;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where state doesn't fit into memory, a version that reads history there goes on with it on disk,
 * from where it was; its rows are the same.
 */
class FullHeapIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final RunProfile ON_HEAP = RunProfile.REPLAY.with(OptionalInt.of(2));
  private static final AtomicBoolean FAILS = new AtomicBoolean();

  @TempDir Path directory;

  private Scene scene;

  @AfterEach
  void close() throws Exception {
    scene.close();
  }

  @Test
  void aCandidateGoesOnWithItsStateOnDiskAndIsTheSame() throws Exception {
    open(littleHeap());
    VersionName name = replay(scene.shipped(), false, OptionalLong.empty());

    scene.lane().drive(name, look -> look.entry().version().phase() == Phase.READY);

    List<Leg> legs = scene.lane().entry(name).legs();
    assertThat(legs).hasSize(3);
    requireMoved(legs);
    assertThat(legs.get(2).fence()).isEmpty();
    assertThat(scene.events(name)).containsOnlyOnce("state goes on disk");
    scene.log().write(200);
    scene.requireRight(name);
    scene.requireRight(Scene.LIVE);
  }

  /** Who waits for it isn't told that it doesn't run. */
  @Test
  void aFirstVersionDoesTheSameWithHistory() throws Exception {
    launch(littleHeap());
    List<Driver.Look> idle = new ArrayList<>();
    scene
        .lane()
        .drive(
            Scene.LIVE,
            look -> {
              if (!look.situation().engine().isActive() && !look.entry().isChangingLegs()) {
                idle.add(look);
              }
              return look.next() == Action.NOTHING;
            });

    assertThat(idle).isEmpty();
    Entry entry = scene.lane().entry(Scene.LIVE);
    assertThat(entry.legs()).hasSize(3);
    requireMoved(entry.legs());
    assertThat(entry.version().phase()).isEqualTo(Phase.LIVE);
    scene.requireRight(Scene.LIVE);
  }

  /** Each look is a new driver's. */
  @Test
  void whoeverDrivesItMayDieAfterEachStep() throws Exception {
    open(littleHeap());
    VersionName name = replay(scene.shipped(), true, OptionalLong.empty());
    Set<Action> seen = EnumSet.noneOf(Action.class);
    while (!seen.contains(Action.NOTHING)) {
      Driver.Look[] last = new Driver.Look[1];
      scene
          .lane()
          .drive(
              name,
              look -> {
                seen.add(look.next());
                boolean isOver = last[0] != null && last[0].next() != look.next();
                last[0] = look;
                return isOver || look.next() == Action.NOTHING;
              });
    }

    assertThat(seen).contains(Action.STOP_WITH_SAVEPOINT, Action.OPEN_LEG_ON_DISK);
    List<Leg> legs = scene.lane().entry(name).legs();
    assertThat(legs).hasSize(2);
    requireMoved(legs);
    Map<Integer, Long> fence =
        legs.get(1).fence().map(each -> each.offsets().get(scene.topic())).orElseThrow();
    assertThat(scene.tables(name.schema())).isEqualTo(scene.right(fence));
  }

  @Test
  void oneThatFailedForWantOfMemoryGoesOnOnDiskToo() throws Exception {
    open(new Configuration());
    FAILS.set(true);
    Variant failsOnce =
        scene
            .shipped()
            .events(
                () ->
                    event -> {
                      if (FAILS.getAndSet(false)) {
                        throw new OutOfMemoryError("Java heap space");
                      }
                      return List.of(event);
                    });
    // Otherwise it may be at its fence before anybody has looked.
    VersionName name = replay(failsOnce, false, OptionalLong.of(200));

    scene.lane().drive(name, look -> look.entry().version().phase() == Phase.READY);

    requireMoved(scene.lane().entry(name).legs());
    scene.requireRight(name);
  }

  private void open(Configuration flink) throws Exception {
    launch(flink);
    scene.lane().drive(Scene.LIVE);
  }

  private void launch(Configuration flink) throws Exception {
    scene = new Scene(stack, directory, flink);
    scene.log().writeRareThings();
    scene.log().write(1_500);
    scene
        .lane()
        .launch(
            new LaunchRequest(
                TestStore.JOB,
                Scene.GIVEN,
                false,
                OptionalInt.of(16),
                Optional.of(RunProfile.LIVE.with(OptionalInt.of(2))),
                History.REPLAY),
            scene.jar(scene.shipped()));
  }

  /** Any memory is too much. */
  private static Configuration littleHeap() {
    Configuration flink = new Configuration();
    flink.setString("kappa.replay.most-of-heap", "0");
    return flink;
  }

  private VersionName replay(Variant variant, boolean toFenceOnly, OptionalLong rate) {
    return scene
        .lane()
        .replay(
            new CandidateRequest(
                TestStore.JOB,
                scene.jar(variant),
                Map.of(),
                false,
                toFenceOnly,
                rate,
                ON_HEAP,
                RunProfile.LIVE));
  }

  private static void requireMoved(List<Leg> legs) {
    Leg before = legs.get(0);
    Leg after = legs.get(1);
    assertThat(before.profile()).isEqualTo(ON_HEAP);
    assertThat(after.profile()).isEqualTo(ON_HEAP.onDisk());
    assertThat(after.start()).isEqualTo(before.start());
    Optional<Frontier> fence = before.fence();
    assertThat(after.fence()).isPresent().isEqualTo(fence);
    assertThat(after.restoreFrom()).isPresent().isEqualTo(before.savepoint());
  }
}
