package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Lane;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whoever drives a candidate may die anywhere: the next one finishes the work, each step once. */
class KilledDriverIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir static Path directory;

  private static Scene scene;

  /** A driver's death; nothing in the code catches it. */
  private static final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  @BeforeAll
  static void aVersionIsLive() throws Exception {
    scene = new Scene(stack, directory, 1_000);
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @AfterEach
  void abort() {
    scene.lane().abort(TestStore.JOB);
  }

  @Test
  void betweenAnyTwoLooks() throws Exception {
    VersionName name = candidate();
    int lives = 0;
    while (phase(name) != Phase.READY) {
      try {
        Lane.driver(scene.lane().tools()).drive(name, new Mortal(3));
      } catch (Killed killed) {
        lives++;
      }
    }
    assertThat(lives).as("drivers that died").isGreaterThan(8);
    requireEachStepOnce(name);
  }

  @Test
  void withinAnyStep() throws Exception {
    VersionName name = candidate();
    Set<String> died = Collections.synchronizedSet(new HashSet<>());
    Thread driver = Thread.currentThread();
    try (Seam seams =
        new Seam(
            where -> {
              if (Thread.currentThread() == driver && died.add(phase(name) + " " + where)) {
                throw new Killed(where);
              }
            })) {
      seams
          .at("io.kappa.control.catalogue.VersionSchema", "createOwn")
          .at("io.kappa.control.catalogue.Transitions", "takeFence", "move", "within")
          .at("io.kappa.control.catalogue.Baseline", "take")
          .at("io.kappa.control.catalogue.Legs", "open", "noteStopAttempt", "noteSavepoint")
          .at("io.kappa.control.catalogue.AuditTrail", "write")
          .at("io.kappa.control.catalogue.Versions", "noteSubmitted")
          .at("io.kappa.control.catalogue.Contracts", "attach")
          .at("io.kappa.control.compare.Comparisons", "write")
          .at("io.kappa.control.compare.FenceComparison", "of")
          .at("io.kappa.common.sink.RunRegistration", "register")
          .at("io.kappa.control.replay.MiniFlink", "submit")
          .at("io.kappa.control.flink.RestFlinkCluster", "stopWithSavepoint");
      while (phase(name) != Phase.READY) {
        try {
          scene.lane().drive(name, look -> look.entry().version().phase() == Phase.READY);
        } catch (Killed killed) {
          scene.log().write(20);
        }
      }
    }
    assertThat(died)
        .contains(
            "CREATED before VersionSchema.createOwn",
            "CREATED after Baseline.take",
            "REPLAYING after Transitions.takeFence",
            "REPLAYING after RunRegistration.register",
            "REPLAYING after MiniFlink.submit",
            "FENCED after Comparisons.write",
            "COMPARED after RestFlinkCluster.stopWithSavepoint",
            "READY after Transitions.move");
    requireEachStepOnce(name);
  }

  private static VersionName candidate() {
    Path jar = scene.jar(scene.shipped());
    return scene.lane().replay(Lane.request(TestStore.JOB, jar, Map.of(), false, Lane.HEAP));
  }

  private static Phase phase(VersionName name) {
    return scene.lane().entry(name).version().phase();
  }

  private static void requireEachStepOnce(VersionName name) throws Exception {
    assertThat(scene.events(name).stream().filter(event -> !event.equals("submitted")))
        .containsExactly(
            "created", "fence taken", "at the fence", "compared", "catching up", "ready");
    List<Leg> legs = scene.lane().entry(name).legs();
    assertThat(legs).extracting(Leg::number).containsExactly(1, 2);
    assertThat(
            new Comparisons(scene.lane().store().owner())
                .newest(name)
                .orElseThrow()
                .report()
                .isIdentical())
        .isTrue();
    scene.log().write(200);
    scene.requireRight(name);
    scene.requireRight(Scene.LIVE);
  }

  /** Has so many looks, and then is no more. */
  private static final class Mortal extends Lane.Bounded {

    private int looks;

    Mortal(int looks) {
      super(Driver.idle());
      this.looks = looks;
    }

    @Override
    public boolean isThere(Driver.Look look) {
      if (--looks == 0) {
        throw new Killed("at " + look.next());
      }
      return super.isThere(look);
    }
  }
}
