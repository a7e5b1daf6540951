package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whoever drives an upgrade dies within each of its steps, and another one goes on. */
class DriverDiesUpgradingIT {

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
  void whoeverDrivesItMayDieAnywhere() throws Exception {
    Set<String> died = killedWithinEachStep(scene.jar(scene.shipped().events(() -> List::of)));

    assertThat(upgrades.live().upgrade().orElseThrow().stage()).isEqualTo(UpgradeStage.DONE);
    assertThat(died)
        .contains(
            "STOPPING after RestFlinkCluster.stopWithSavepoint",
            "STOPPING after Legs.noteSavepoint",
            "STOPPING after Upgrades.dress",
            "TRYING after RunRegistration.register",
            "TRYING after MiniFlink.submit",
            "TRYING after Upgrades.noteFirstCommit");
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void whoeverDrivesItBackMayDieAnywhere() throws Exception {
    Set<String> died =
        killedWithinEachStep(
            scene.jar(
                scene
                    .shipped()
                    .events(
                        () ->
                            event -> {
                              throw new IllegalStateException("never liked it");
                            })));

    assertThat(upgrades.live().upgrade().orElseThrow().stage()).isEqualTo(UpgradeStage.BACK);
    assertThat(died)
        .contains(
            "TRYING after MiniFlink.submit",
            "GOING_BACK after RestFlinkCluster.cancel",
            "GOING_BACK after Transitions.fenceOff",
            "RETURNING after MiniFlink.submit");
    upgrades.requireEachSnapshotRight();
  }

  /** A driver's death; nothing in the code catches it. */
  private static final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  private Set<String> killedWithinEachStep(Path jar) throws Exception {
    Upgrader upgrader = upgrades.upgrader();
    upgrader.begin(upgrader.plan(UpgradeScene.request(Optional.of(jar), UpgradeScene.SAME)));
    Set<String> died = Collections.synchronizedSet(new HashSet<>());
    Thread driver = Thread.currentThread();
    try (Seam seams =
        new Seam(
            where -> {
              if (Thread.currentThread() == driver && died.add(upgrades.stage() + " " + where)) {
                throw new Killed(where);
              }
            })) {
      seams
          .at("io.kappa.control.catalogue.Transitions", "within", "fenceOff")
          .at("io.kappa.control.catalogue.Legs", "open", "noteStopAttempt", "noteSavepoint")
          .at(
              "io.kappa.control.catalogue.Upgrades",
              "move",
              "dress",
              "noteStopped",
              "noteFirstCommit")
          .at("io.kappa.control.catalogue.Versions", "noteSubmitted")
          .at("io.kappa.common.sink.RunRegistration", "register")
          .at("io.kappa.control.replay.MiniFlink", "submit")
          .at("io.kappa.control.flink.RestFlinkCluster", "stopWithSavepoint", "cancel");
      while (upgrades.live().isBeingUpgraded()) {
        try {
          upgrades.drive();
        } catch (Killed killed) {
          scene.log().write(10);
        }
      }
    }
    return died;
  }
}
