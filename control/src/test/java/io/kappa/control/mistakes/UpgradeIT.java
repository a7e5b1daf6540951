package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkRelay;
import io.kappa.control.flink.JobFailure;
import io.kappa.control.replay.Lane;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.junit.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrades of a live version on a real log and store while records keep coming: whatever becomes of
 * them, each snapshot that a reader takes is what the log says at its frontier.
 */
class UpgradeIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir private Path directory;

  private UpgradeScene upgrades;
  private Scene scene;

  @BeforeEach
  void aVersionIsLive() throws Exception {
    upgrades = new UpgradeScene(stack, directory);
    scene = upgrades.scene();
  }

  @AfterEach
  void close() throws Exception {
    upgrades.close();
  }

  @Test
  void anotherJarAndAnyParallelism() throws Exception {
    Path changed = scene.jar(scene.shipped().events(() -> List::of));

    Upgrade first = upgrades.upgrade(Optional.of(changed), UpgradeScene.SAME);
    Upgrade wide = upgrades.upgrade(Optional.empty(), OptionalInt.of(4));
    Upgrade narrow = upgrades.upgrade(Optional.empty(), OptionalInt.of(1));
    Upgrade last = upgrades.upgrade(upgrades.upgrader().back(TestStore.JOB));

    assertThat(List.of(first, wide, narrow, last))
        .allMatch(upgrade -> upgrade.stage() == UpgradeStage.DONE)
        .allMatch(upgrade -> upgrade.pause().isPresent());
    assertThat(upgrades.live().leg().orElseThrow().profile().parallelism()).hasValue(4);
    assertThat(upgrades.live().legs()).extracting(Leg::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(upgrades.live().version().phase()).isEqualTo(Phase.LIVE);
    assertThat(scene.lane().tools().savepoints().all(Scene.LIVE))
        .extracting(savepoint -> savepoint.getParent().getFileName().toString())
        .as("the newest three of four")
        .containsExactly("leg-2", "leg-3", "leg-4");
    upgrades.requireEachSnapshotRight();
    // As the log says, with the jar that it runs now.
    assertThat(upgrades.live().version().jarSha256()).isEqualTo(first.after().jarSha256());
    assertThat(Lane.until(Duration.ofSeconds(30), this::aCheckpointNamesTheLedgersBatch)).isTrue();
  }

  /** That's how the one to go on from is told from others. */
  private boolean aCheckpointNamesTheLedgersBatch() {
    Entry live = upgrades.live();
    return scene.lane().tools().checkpoints().all(live).stream()
        .map(checkpoint -> checkpoint.resolve("_metadata"))
        .anyMatch(metadata -> contains(metadata, live.ledger().link()));
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void backFromAJarThatThrowsAtOnce() throws Exception {
    Upgrade upgrade =
        upgrades.upgrade(
            Optional.of(
                scene.jar(
                    scene
                        .shipped()
                        .events(
                            () ->
                                event -> {
                                  throw new IllegalStateException("never liked it");
                                }))),
            OptionalInt.of(3));

    assertThat(upgrade.stage()).isEqualTo(UpgradeStage.BACK);
    assertThat(upgrade.why().orElseThrow()).contains("never liked it");
    assertThat(upgrades.live().version().jarSha256()).isEqualTo(upgrade.before().jarSha256());
    assertThat(upgrades.live().leg().orElseThrow().profile().parallelism()).hasValue(2);
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void backFromAJarThatThrowsWhenItHasCommitted() throws Exception {
    SlowUntil poison = SlowUntil.never();
    Path jar = scene.jar(scene.shipped().events(poison));
    try (Seam seam =
        new Seam(
            where -> {
              if (where.startsWith("before")) {
                poison.set(scene.log().nextNumber() + 600);
                scene.log().write(1_200);
              }
            })) {
      seam.at("io.kappa.control.replay.Upgrading", "openUpgradedLeg");
      Upgrade upgrade = upgrades.upgrade(Optional.of(jar), UpgradeScene.SAME);

      assertThat(upgrade.stage()).isEqualTo(UpgradeStage.BACK);
      assertThat(upgrade.why().orElseThrow()).contains("poisoned");
    }
    List<Leg> legs = upgrades.live().legs();
    assertThat(legs).hasSize(3);
    assertThat(legs.get(2).restoreFrom().orElseThrow())
        .as("the run that failed had committed, so its own checkpoint leads on")
        .contains("/chk-")
        .isNotEqualTo(legs.get(1).restoreFrom().orElseThrow());
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void aTaskManagerThatIsAwayIsNotTheJarsFault() throws Exception {
    Upgrader upgrader = upgrades.upgrader();
    upgrader.begin(
        upgrader.plan(UpgradeScene.request(Optional.of(upgrades.late()), UpgradeScene.SAME)));

    scene
        .lane()
        .drive(
            scene.lane().tools("ann", UpgradeIT::withoutTaskManager),
            Scene.LIVE,
            look -> !look.entry().isBeingUpgraded());

    assertThat(upgrades.stage()).isEqualTo(UpgradeStage.DONE);
    upgrades.requireEachSnapshotRight();
  }

  /** Flink as it says it when a job finds no slot for some seconds, at each of its restarts. */
  private static FlinkCluster withoutTaskManager(FlinkCluster flink) {
    return new FlinkRelay() {

      @Override
      protected FlinkCluster flink() {
        return flink;
      }

      @Override
      public List<JobFailure> failures(String jobId) {
        return Collections.nCopies(
            9,
            new JobFailure(
                Instant.now(),
                "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException",
                "NoResourceAvailableException: Could not acquire the minimum required resources."));
      }
    };
  }

  @Test
  void backFromAJarWhoseMainThrows() throws Exception {
    Variant variant = scene.shipped();
    Path jar = scene.jar(variant);
    Upgrader upgrader = upgrades.upgrader();
    upgrader.begin(upgrader.plan(UpgradeScene.request(Optional.of(jar), UpgradeScene.SAME)));
    variant.failing("it can't be defined any more");

    Upgrade upgrade = upgrades.drive();

    assertThat(upgrade.stage()).isEqualTo(UpgradeStage.BACK);
    assertThat(upgrade.why().orElseThrow()).contains("it can't be defined any more");
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void anUpgradeMendsAVersionThatFails() throws Exception {
    SlowUntil poison = SlowUntil.never();
    upgrades.upgrade(Optional.of(scene.jar(scene.shipped().events(poison))), UpgradeScene.SAME);
    poison.set(scene.log().nextNumber());
    scene.log().write(100);
    assertThat(
            Lane.until(
                Duration.ofMinutes(1),
                () -> scene.lane().flink().failures(upgrades.job().id()).size() > 2))
        .isTrue();

    Upgrade mended = upgrades.upgrade(Optional.of(scene.jar(scene.shipped())), UpgradeScene.SAME);

    assertThat(mended.stage()).isEqualTo(UpgradeStage.DONE);
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void nothingIsStoppedForWhatCantBe() throws Exception {
    upgrades.upgrade(Optional.of(scene.jar(scene.shipped().remembering())), UpgradeScene.SAME);
    String before = upgrades.job().id();
    Variant other = new Variant(stack.freshTopic("activity", NastyLog.PARTITIONS));
    requireRefused(
        UpgradeScene.request(Optional.of(scene.jar(other)), UpgradeScene.SAME), "reads topics");
    requireRefused(
        UpgradeScene.request(Optional.empty(), OptionalInt.of(1_000)), "max parallelism 128");
    requireRefused(
        UpgradeScene.request(Optional.empty(), OptionalInt.of(100)), "Flink has room for 16");
    requireRefused(UpgradeScene.request(Optional.empty(), OptionalInt.of(2)), "already");
    requireRefused(
        UpgradeScene.request(
            Optional.of(scene.jar(scene.shipped().remembering().failing("no such thing"))),
            UpgradeScene.SAME),
        "no such thing");
    requireRefused(
        UpgradeScene.request(Optional.of(scene.jar(scene.shipped())), UpgradeScene.SAME),
        "state passed of variant-memory is REMOVED");

    assertThat(upgrades.job().id()).isEqualTo(before);
    assertThat(upgrades.live().upgrades()).hasSize(1);
    upgrades.requireEachSnapshotRight();
  }

  private void requireRefused(UpgradeRequest request, String why) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> {
              Upgrader upgrader = upgrades.upgrader();
              upgrader.begin(upgrader.plan(request));
            })
        .withMessageContaining(why);
  }
}
