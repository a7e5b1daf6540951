package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A live version that is to be upgraded while records keep coming and a reader looks on. */
final class UpgradeScene implements AutoCloseable {

  /** As it is. */
  static final OptionalInt SAME = OptionalInt.empty();

  private final Scene scene;
  private final Traffic traffic;
  private final EverySnapshot reader;

  UpgradeScene(LocalStack stack, Path directory) throws Exception {
    scene = new Scene(stack, directory, 500);
    traffic = new Traffic(scene);
    reader = new EverySnapshot(scene, Scene.LIVE);
  }

  Scene scene() {
    return scene;
  }

  UpgradeStage stage() {
    return live().upgrade().orElseThrow().stage();
  }

  Upgrade upgrade(Optional<Path> jar, OptionalInt parallelism) {
    return upgrade(request(jar, parallelism));
  }

  Upgrade upgrade(UpgradeRequest request) {
    Upgrader upgrader = upgrader();
    upgrader.begin(upgrader.plan(request));
    return drive();
  }

  Upgrade drive() {
    return scene
        .lane()
        .drive(Scene.LIVE, look -> !look.entry().isBeingUpgraded())
        .upgrade()
        .orElseThrow();
  }

  Upgrader upgrader() {
    return new Upgrader(scene.lane().tools(), line -> {});
  }

  static UpgradeRequest request(Optional<Path> jar, OptionalInt parallelism) {
    return UpgradeRequest.of(TestStore.JOB, jar, parallelism);
  }

  /** A jar whose job takes seconds before it reads anything. */
  Path late() throws Exception {
    return scene.jar(
        scene
            .shipped()
            .events(
                () -> {
                  LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
                  return List::of;
                }));
  }

  Entry live() {
    return scene.lane().entry(Scene.LIVE);
  }

  FlinkJob job() {
    return scene.lane().flink().job(Scene.LIVE.runName()).orElseThrow();
  }

  void requireEachSnapshotRight() throws Exception {
    traffic.close();
    scene.log().write(100);
    scene.requireRight(Scene.LIVE);
    assertThat(reader.requireEachRight()).isGreaterThan(5);
  }

  @Override
  public void close() throws Exception {
    traffic.close();
    reader.close();
    scene.close();
  }
}
