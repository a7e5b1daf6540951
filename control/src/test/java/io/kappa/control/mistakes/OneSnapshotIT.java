package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.control.TestStore;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.replay.Lane;
import io.kappa.control.replay.Replay;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The live version commits after the fence was taken and before its tables are copied. */
class OneSnapshotIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir static Path directory;

  private static Scene scene;

  @BeforeAll
  static void aVersionIsLive() throws Exception {
    scene = new Scene(stack, directory, 500);
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @Test
  void fenceAndCopyAreOfOneMomentAllTheSame() throws Exception {
    VersionName name = verify();

    assertThat(comparison(name).report().isIdentical()).isTrue();
    assertThat(scene.lane().entry(name).version().phase()).isEqualTo(Phase.RETIRED);
    assertThat(scene.schemas(name)).isEmpty();
  }

  @Test
  void withoutTheSnapshotTheVerificationFindsDifferences() throws Exception {
    VersionName name;
    try (Sabotage taken =
        Sabotage.calling("io.kappa.control.catalogue.Store", "inSnapshot", "inTransaction")) {
      name = verify();
    }

    assertThat(comparison(name).report().isIdentical()).isFalse();
    assertThat(scene.lane().entry(name).version().phase()).isEqualTo(Phase.COMPARED);
    scene.lane().abort(TestStore.JOB);
  }

  private static VersionName verify() throws Exception {
    Path jar = scene.jar(scene.shipped());
    VersionName name =
        new Replay(scene.lane().tools(), line -> {})
            .verify(Lane.request(TestStore.JOB, jar, Map.of(), true, Lane.HEAP));
    try (Seam seam = new Seam(OneSnapshotIT::liveGoesOn)) {
      seam.at("io.kappa.control.catalogue.Baseline", "take");
      scene.lane().drive(name);
    }
    return name;
  }

  private static void liveGoesOn(String where) {
    if (where.startsWith("before")) {
      scene.log().write(200);
      Map<Integer, Long> end = scene.log().end();
      assertThat(Lane.until(Duration.ofMinutes(1), () -> scene.frontier(Scene.LIVE).equals(end)))
          .isTrue();
    }
  }

  private static Comparison comparison(VersionName name) {
    return new Comparisons(scene.lane().store().owner()).newest(name).orElseThrow();
  }
}
