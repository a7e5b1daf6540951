package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.control.flink.FlinkCluster;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.FlinkRelay;
import io.kappa.control.replay.Lane;
import io.kappa.control.replay.Tools;
import io.kappa.control.upgrade.Upgrader;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
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

/** A run that is cancelled and goes on all the same, while its version goes back. */
class UndeadRunIT {

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
  void aRunThatIsTakenForDeadCantCommitAnyMore() throws Exception {
    backWhileTheFailedRunIsAtWork();

    assertThat(upgrades.stage()).isEqualTo(UpgradeStage.BACK);
    upgrades.requireEachSnapshotRight();
  }

  @Test
  void withoutAnotherTokenItCommitsWhatTheWayBackDoesntKnowOf() throws Exception {
    try (Sabotage taken =
        Sabotage.silencing("io.kappa.control.catalogue.Transitions", "changeToken")) {
      backWhileTheFailedRunIsAtWork();
    }

    assertThat(upgrades.stage()).isEqualTo(UpgradeStage.STUCK);
    assertThat(upgrades.live().upgrade().orElseThrow().why().orElseThrow()).contains("ledger");
  }

  /** The run is cancelled, doesn't mind, and commits between two steps of the way back. */
  private void backWhileTheFailedRunIsAtWork() throws Exception {
    Set<String> undead = Collections.synchronizedSet(new HashSet<>());
    Tools tools = scene.lane().tools("ann", flink -> new Undead(flink, undead));
    Upgrader upgrader = upgrades.upgrader();
    upgrader.begin(
        upgrader.plan(UpgradeScene.request(Optional.of(upgrades.late()), UpgradeScene.SAME)));
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
              if (where.startsWith("before") && upgrades.stage() == UpgradeStage.RETURNING) {
                Frontier frontier = upgrades.live().ledger().frontier();
                Lane.until(
                    Duration.ofSeconds(15),
                    () -> !upgrades.live().ledger().frontier().equals(frontier));
              }
            })) {
      seam.at("io.kappa.control.catalogue.Versions", "whileSubmitting");
      scene.lane().drive(tools, Scene.LIVE, look -> !look.entry().isBeingUpgraded());
    }

    assertThat(undead).hasSize(1);
    undead.forEach(scene.lane().flink()::cancel);
  }

  /** Flink as somebody sees it whose cancellations come to nothing. */
  private static final class Undead extends FlinkRelay {

    private final FlinkCluster flink;
    private final Set<String> undead;

    Undead(FlinkCluster flink, Set<String> undead) {
      this.flink = flink;
      this.undead = undead;
    }

    @Override
    protected FlinkCluster flink() {
      return flink;
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
  }
}
