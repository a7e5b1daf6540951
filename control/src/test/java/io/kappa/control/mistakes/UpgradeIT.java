package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.Sabotage;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.JobFailure;
import io.kappa.control.flink.StopRequest;
import io.kappa.control.flink.Submission;
import io.kappa.control.replay.Lane;
import io.kappa.control.replay.Tools;
import io.kappa.control.upgrade.UpgradeRequest;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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

  private static final OptionalInt SAME = OptionalInt.empty();

  @TempDir private Path directory;

  private Scene scene;
  private Traffic traffic;
  private EverySnapshot reader;

  @BeforeEach
  void aVersionIsLive() throws Exception {
    scene = new Scene(stack, directory, 500);
    traffic = new Traffic(scene);
    reader = new EverySnapshot(scene, Scene.LIVE);
  }

  @AfterEach
  void close() throws Exception {
    traffic.close();
    reader.close();
    scene.close();
  }

  @Test
  void anotherJarAndAnyParallelism() throws Exception {
    Path changed = scene.jar(scene.shipped().events(() -> List::of));

    Upgrade first = upgrade(Optional.of(changed), SAME);
    Upgrade wide = upgrade(Optional.empty(), OptionalInt.of(4));
    Upgrade narrow = upgrade(Optional.empty(), OptionalInt.of(1));
    Upgrade last = upgrade(upgrader().back(TestStore.JOB));

    assertThat(List.of(first, wide, narrow, last))
        .allMatch(upgrade -> upgrade.stage() == UpgradeStage.DONE)
        .allMatch(upgrade -> upgrade.pause().isPresent());
    assertThat(live().leg().orElseThrow().profile().parallelism()).hasValue(4);
    assertThat(live().legs()).extracting(Leg::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(live().version().phase()).isEqualTo(Phase.LIVE);
    assertThat(scene.lane().tools().savepoints().all(Scene.LIVE))
        .extracting(savepoint -> savepoint.getParent().getFileName().toString())
        .as("the newest three of four")
        .containsExactly("leg-2", "leg-3", "leg-4");
    requireEachSnapshotRight();
    // As the log says, with the jar that it runs now.
    assertThat(live().version().jarSha256()).isEqualTo(first.after().jarSha256());
    assertThat(Lane.until(Duration.ofSeconds(30), this::aCheckpointNamesTheLedgersBatch)).isTrue();
  }

  /** That's how the one to go on from is told from others. */
  private boolean aCheckpointNamesTheLedgersBatch() {
    Versions.Entry live = live();
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
        upgrade(
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
    assertThat(live().version().jarSha256()).isEqualTo(upgrade.before().jarSha256());
    assertThat(live().leg().orElseThrow().profile().parallelism()).hasValue(2);
    requireEachSnapshotRight();
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
      Upgrade upgrade = upgrade(Optional.of(jar), SAME);

      assertThat(upgrade.stage()).isEqualTo(UpgradeStage.BACK);
      assertThat(upgrade.why().orElseThrow()).contains("poisoned");
    }
    List<Leg> legs = live().legs();
    assertThat(legs).hasSize(3);
    assertThat(legs.get(2).restoreFrom().orElseThrow())
        .as("the run that failed had committed, so its own checkpoint leads on")
        .contains("/chk-")
        .isNotEqualTo(legs.get(1).restoreFrom().orElseThrow());
    requireEachSnapshotRight();
  }

  @Test
  void backFromAJarWhoseMainThrows() throws Exception {
    Variant variant = scene.shipped();
    Path jar = scene.jar(variant);
    Upgrader upgrader = upgrader();
    upgrader.begin(upgrader.plan(request(Optional.of(jar), SAME)));
    variant.failing("it can't be defined any more");

    Upgrade upgrade = drive();

    assertThat(upgrade.stage()).isEqualTo(UpgradeStage.BACK);
    assertThat(upgrade.why().orElseThrow()).contains("it can't be defined any more");
    requireEachSnapshotRight();
  }

  @Test
  void aRunThatIsTakenForDeadCantCommitAnyMore() throws Exception {
    backWhileTheFailedRunIsAtWork();

    assertThat(stage()).isEqualTo(UpgradeStage.BACK);
    requireEachSnapshotRight();
  }

  @Test
  void withoutAnotherTokenItCommitsWhatTheWayBackDoesntKnowOf() throws Exception {
    try (Sabotage taken =
        Sabotage.silencing("io.kappa.control.catalogue.Transitions", "changeToken")) {
      backWhileTheFailedRunIsAtWork();
    }

    assertThat(stage()).isEqualTo(UpgradeStage.STUCK);
    assertThat(live().upgrade().orElseThrow().why().orElseThrow()).contains("ledger");
  }

  /** The run is cancelled, doesn't mind, and commits between two steps of the way back. */
  private void backWhileTheFailedRunIsAtWork() throws Exception {
    Set<String> undead = Collections.synchronizedSet(new HashSet<>());
    Tools tools = scene.lane().tools("ann", flink -> new Undead(flink, undead));
    Upgrader upgrader = upgrader();
    Variant late =
        scene
            .shipped()
            .events(
                () -> {
                  LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
                  return List::of;
                });
    upgrader.begin(upgrader.plan(request(Optional.of(scene.jar(late)), SAME)));
    scene
        .lane()
        .drive(
            tools,
            Scene.LIVE,
            look ->
                look.entry().upgrade().orElseThrow().stage() == UpgradeStage.TRYING
                    && look.entry().runOnLeg().isPresent());
    scene
        .lane()
        .store()
        .run("kappa_owner", "UPDATE kappa.run SET failure = 'taken for dead' WHERE leg = 2");
    try (Seam seam =
        new Seam(
            where -> {
              if (where.startsWith("before") && stage() == UpgradeStage.RETURNING) {
                Frontier frontier = live().ledger().frontier();
                Lane.until(
                    Duration.ofSeconds(15), () -> !live().ledger().frontier().equals(frontier));
              }
            })) {
      seam.at("io.kappa.control.catalogue.Versions", "whileSubmitting");
      scene.lane().drive(tools, Scene.LIVE, look -> !look.entry().isBeingUpgraded());
    }

    assertThat(undead).hasSize(1);
    undead.forEach(scene.lane().flink()::cancel);
  }

  /** Flink as somebody sees it whose cancellations come to nothing. */
  private record Undead(FlinkCluster flink, Set<String> undead) implements FlinkCluster {

    @Override
    public int slots() {
      return flink.slots();
    }

    @Override
    public List<FlinkJob> jobs() {
      return flink.jobs().stream()
          .map(
              job ->
                  undead.contains(job.id())
                      ? new FlinkJob(job.id(), job.name(), EngineState.CANCELED, job.startedAt())
                      : job)
          .toList();
    }

    @Override
    public void cancel(String jobId) {
      undead.add(jobId);
    }

    @Override
    public String submit(Submission submission) {
      return flink.submit(submission);
    }

    @Override
    public Optional<String> rootCause(String jobId) {
      return flink.rootCause(jobId);
    }

    @Override
    public List<JobFailure> failures(String jobId) {
      return flink.failures(jobId);
    }

    @Override
    public void stopWithSavepoint(String jobId, String directory, String request) {
      flink.stopWithSavepoint(jobId, directory, request);
    }

    @Override
    public void triggerSavepoint(String jobId, String directory, String request) {
      flink.triggerSavepoint(jobId, directory, request);
    }

    @Override
    public StopRequest stopRequest(String jobId, String request) {
      return flink.stopRequest(jobId, request);
    }
  }

  @Test
  void anUpgradeMendsAVersionThatFails() throws Exception {
    SlowUntil poison = SlowUntil.never();
    upgrade(Optional.of(scene.jar(scene.shipped().events(poison))), SAME);
    poison.set(scene.log().nextNumber());
    scene.log().write(100);
    assertThat(
            Lane.until(
                Duration.ofMinutes(1), () -> scene.lane().flink().failures(job().id()).size() > 2))
        .isTrue();

    Upgrade mended = upgrade(Optional.of(scene.jar(scene.shipped())), SAME);

    assertThat(mended.stage()).isEqualTo(UpgradeStage.DONE);
    requireEachSnapshotRight();
  }

  @Test
  void nothingIsStoppedForWhatCantBe() throws Exception {
    upgrade(Optional.of(scene.jar(scene.shipped().remembering())), SAME);
    String before = job().id();
    Variant other = new Variant(stack.freshTopic("activity", NastyLog.PARTITIONS));
    requireRefused(request(Optional.of(scene.jar(other)), SAME), "reads topics");
    requireRefused(request(Optional.empty(), OptionalInt.of(1_000)), "max parallelism 128");
    requireRefused(request(Optional.empty(), OptionalInt.of(100)), "Flink has room for 16");
    requireRefused(request(Optional.empty(), OptionalInt.of(2)), "already");
    requireRefused(
        request(
            Optional.of(scene.jar(scene.shipped().remembering().failing("no such thing"))), SAME),
        "no such thing");
    requireRefused(
        request(Optional.of(scene.jar(scene.shipped())), SAME),
        "state passed of variant-memory is REMOVED");

    assertThat(job().id()).isEqualTo(before);
    assertThat(live().upgrades()).hasSize(1);
    requireEachSnapshotRight();
  }

  private void requireRefused(UpgradeRequest request, String why) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> {
              Upgrader upgrader = upgrader();
              upgrader.begin(upgrader.plan(request));
            })
        .withMessageContaining(why);
  }

  @Test
  void whoeverDrivesItMayDieAnywhere() throws Exception {
    Set<String> died = killedWithinEachStep(scene.jar(scene.shipped().events(() -> List::of)));

    assertThat(live().upgrade().orElseThrow().stage()).isEqualTo(UpgradeStage.DONE);
    assertThat(died)
        .contains(
            "STOPPING after MiniFlink.stopWithSavepoint",
            "STOPPING after Transitions.noteSavepoint",
            "STOPPING after Upgrades.dress",
            "TRYING after RunRegistration.register",
            "TRYING after MiniFlink.submit",
            "TRYING after Upgrades.noteFirstCommit");
    requireEachSnapshotRight();
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

    assertThat(live().upgrade().orElseThrow().stage()).isEqualTo(UpgradeStage.BACK);
    assertThat(died)
        .contains(
            "TRYING after MiniFlink.submit",
            "GOING_BACK after MiniFlink.cancel",
            "GOING_BACK after Transitions.fenceOff",
            "RETURNING after MiniFlink.submit");
    requireEachSnapshotRight();
  }

  /** A driver's death; nothing in the code catches it. */
  private static final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  private Set<String> killedWithinEachStep(Path jar) throws Exception {
    Upgrader upgrader = upgrader();
    upgrader.begin(upgrader.plan(request(Optional.of(jar), SAME)));
    Set<String> died = Collections.synchronizedSet(new HashSet<>());
    Thread driver = Thread.currentThread();
    try (Seam seams =
        new Seam(
            where -> {
              if (Thread.currentThread() == driver && died.add(stage() + " " + where)) {
                throw new Killed(where);
              }
            })) {
      seams
          .at(
              "io.kappa.control.catalogue.Transitions",
              "within",
              "openLeg",
              "fenceOff",
              "noteStopAttempt",
              "noteSavepoint")
          .at(
              "io.kappa.control.catalogue.Upgrades",
              "move",
              "dress",
              "noteStopped",
              "noteFirstCommit")
          .at("io.kappa.control.catalogue.Versions", "noteSubmitted")
          .at("io.kappa.common.sink.RunRegistration", "register")
          .at("io.kappa.control.replay.MiniFlink", "submit", "stopWithSavepoint", "cancel");
      while (live().isBeingUpgraded()) {
        try {
          drive();
        } catch (Killed killed) {
          scene.log().write(10);
        }
      }
    }
    return died;
  }

  private UpgradeStage stage() {
    return live().upgrade().orElseThrow().stage();
  }

  private Upgrade upgrade(Optional<Path> jar, OptionalInt parallelism) {
    return upgrade(request(jar, parallelism));
  }

  private Upgrade upgrade(UpgradeRequest request) {
    Upgrader upgrader = upgrader();
    upgrader.begin(upgrader.plan(request));
    return drive();
  }

  private Upgrade drive() {
    return scene
        .lane()
        .drive(Scene.LIVE, look -> !look.entry().isBeingUpgraded())
        .upgrade()
        .orElseThrow();
  }

  private Upgrader upgrader() {
    return new Upgrader(scene.lane().tools(), line -> {});
  }

  private static UpgradeRequest request(Optional<Path> jar, OptionalInt parallelism) {
    return UpgradeRequest.of(TestStore.JOB, jar, parallelism);
  }

  private Versions.Entry live() {
    return scene.lane().entry(Scene.LIVE);
  }

  private FlinkJob job() {
    return scene.lane().flink().job(Scene.LIVE.runName()).orElseThrow();
  }

  private void requireEachSnapshotRight() throws Exception {
    traffic.close();
    scene.log().write(100);
    scene.requireRight(Scene.LIVE);
    assertThat(reader.requireEachRight()).isGreaterThan(5);
  }

  /** Records that keep coming. */
  private static final class Traffic implements AutoCloseable {

    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> writing;

    Traffic(Scene scene) {
      this.writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!over.get()) {
                    scene.log().write(5);
                    TimeUnit.MILLISECONDS.sleep(20);
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }

    @Override
    public void close() throws Exception {
      over.set(true);
      writing.get(1, TimeUnit.MINUTES);
    }
  }
}
