package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.replay.Background;
import io.kappa.control.replay.History;
import io.kappa.control.replay.Lane;
import io.kappa.control.replay.Launch;
import io.kappa.control.replay.LaunchRequest;
import io.kappa.control.version.Action;
import io.kappa.control.version.Pacing;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Candidates that can't go on, live versions that are away, and candidates in each other's way. */
class FailedCandidateIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir static Path directory;

  private static Scene scene;

  @BeforeAll
  static void aVersionIsLive() throws Exception {
    scene = new Scene(stack, directory, 300);
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @Test
  void oneThatARecordBreaksFailsWithItsCause() throws Exception {
    Variant breaks =
        scene
            .shipped()
            .events(
                () ->
                    event -> {
                      if (event.itemId().equals("twin")) {
                        throw new IllegalStateException("no twins here");
                      }
                      return List.of(event);
                    });
    requireFailed(breaks, "no twins here");
  }

  @Test
  void oneThatIsNoJobFailsWithItsCause() throws Exception {
    requireFailed(scene.shipped().failing("it can't be defined so"), "it can't be defined so");
  }

  private static void requireFailed(Variant variant, String cause) throws Exception {
    FlinkJob live = scene.lane().flink().job(Scene.LIVE.runName()).orElseThrow();
    VersionName name = scene.lane().candidate(TestStore.JOB, scene.jar(variant), Map.of());

    Entry failed = scene.lane().drive(name);

    assertThat(failed.version().phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.course().failure().orElseThrow()).contains(cause);
    assertThat(isActive(name)).isFalse();
    assertThat(scene.lane().flink().job(Scene.LIVE.runName())).contains(live);
    scene.log().write(100);
    scene.requireRight(Scene.LIVE);
    scene.lane().abort(TestStore.JOB);
    assertThat(scene.schemas(name)).isEmpty();
    VersionName next = scene.lane().candidate(TestStore.JOB, scene.jar(scene.shipped()), Map.of());
    assertThat(scene.lane().drive(next).version().phase()).isEqualTo(Phase.COMPARED);
    scene.lane().abort(TestStore.JOB);
  }

  @Test
  void aCandidateWaitsForALiveVersionThatIsAway() throws Exception {
    cancelLive();
    VersionName name =
        scene
            .lane()
            .replay(
                Lane.request(
                    TestStore.JOB, scene.jar(scene.shipped()), Map.of(), false, Lane.HEAP));

    Entry waiting = scene.lane().drive(name, look -> look.next() == Action.WAIT_FOR_LIVE);
    assertThat(waiting.version().phase()).isEqualTo(Phase.CREATED);
    assertThat(waiting.legs()).isEmpty();
    startLive();
    scene.lane().drive(name, look -> look.entry().version().phase() == Phase.COMPARED);
    cancelLive();
    scene.lane().drive(name, look -> look.next() == Action.WAIT_FOR_LIVE);
    startLive();
    Entry ready = scene.lane().drive(name, look -> look.entry().version().phase() == Phase.READY);

    assertThat(ready.legs()).hasSize(2);
    scene.log().write(100);
    scene.requireRight(name);
    scene.requireRight(Scene.LIVE);
    scene.lane().abort(TestStore.JOB);
  }

  private static void cancelLive() {
    scene.lane().flink().cancel(scene.lane().flink().job(Scene.LIVE.runName()).orElseThrow().id());
    assertThat(Lane.until(Duration.ofMinutes(1), () -> !isActive(Scene.LIVE))).isTrue();
  }

  private static void startLive() {
    LaunchRequest request =
        new LaunchRequest(
            TestStore.JOB,
            Map.of(),
            false,
            OptionalInt.empty(),
            Optional.of(Lane.HEAP),
            History.AUTO);
    Path jar = Path.of(scene.lane().entry(Scene.LIVE).version().jar());
    new Launch(scene.lane().tools(), jar, request, line -> {}).run();
  }

  private static boolean isActive(VersionName name) {
    return scene.lane().flink().jobs().stream()
        .anyMatch(job -> job.name().equals(name.runName()) && job.state().isActive());
  }

  @Test
  void candidatesOfTwoJobsGoOnSideBySide() throws Exception {
    Identifier second = new Identifier("more-metrics");
    Variant more = new Variant(second.value(), scene.topic());
    scene.lane().start(second, scene.jar(more), Map.of("lateness", "2h", "min-watch", "2s"));
    VersionName one =
        scene
            .lane()
            .replay(
                Lane.request(
                    TestStore.JOB, scene.jar(scene.shipped()), Map.of(), false, Lane.HEAP));
    VersionName two =
        scene.lane().replay(Lane.request(second, scene.jar(more), Map.of(), false, Lane.HEAP));
    Path other = scene.jar(scene.shipped());
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> scene.lane().candidate(TestStore.JOB, other, Map.of()))
        .withMessageContaining("has a candidate already");

    try (Background background =
        new Background(scene.lane().tools(), Pacing.DEFAULT, () -> false)) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                try {
                  background.run();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(Lane.until(Duration.ofMinutes(2), () -> isReady(one) && isReady(two))).isTrue();
      background.close();
      running.get();
    }
    scene.requireRight(one);
    scene.requireRight(two);
    scene.lane().abort(TestStore.JOB);
    scene.lane().abort(second);
    assertThat(scene.schemas(two)).isEmpty();
  }

  private static boolean isReady(VersionName name) {
    return scene.lane().entry(name).version().phase() == Phase.READY;
  }
}
