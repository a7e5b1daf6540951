package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.compare.Comparisons;
import io.kappa.control.flink.JobFailure;
import io.kappa.control.replay.Driver;
import io.kappa.control.replay.Lane;
import io.kappa.control.version.Action;
import io.kappa.control.version.Phase;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL's disk is full where a candidate's tables are: the cause is named, the live version
 * goes on, and so does the candidate when there is room again.
 */
class DiskFullIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  @TempDir Path directory;

  @Test
  void aFullDiskIsNamedAndPasses() throws Exception {
    try (Scene scene = new Scene(stack, directory, 3_000);
        SmallDisk disk = SmallDisk.forTablesOf(scene.lane().store().database())) {
      Lane lane = scene.lane();
      Path jar = scene.jar(scene.shipped());
      VersionName name = lane.candidate(TestStore.JOB, jar, Map.of());
      lane.drive(name, look -> look.situation().schemaExists());
      disk.fill();

      // There is no room for the copy of the live tables.
      AtomicReference<String> trouble = new AtomicReference<>("");
      Lane.driver(lane.tools())
          .drive(
              name,
              new Lane.Bounded(look -> trouble.get().contains("No space left on device")) {
                @Override
                public void trouble(Optional<String> what) {
                  what.ifPresent(trouble::set);
                }
              });
      assertThat(trouble.get()).startsWith("PostgreSQL at ").contains("refuses: could not");
      assertThat(lane.entry(name).version().phase()).isEqualTo(Phase.CREATED);
      liveGoesOn(scene);

      // There is room for the copy, and then none for what the candidate's own run writes.
      disk.makeRoom();
      Lane.driver(lane.tools())
          .drive(
              name,
              new Lane.Bounded(
                  look -> {
                    if (look.next() == Action.SUBMIT) {
                      disk.fill();
                    }
                    return isRefusedRoom(lane, look);
                  }));
      assertThat(lane.entry(name).version().phase()).isEqualTo(Phase.REPLAYING);
      liveGoesOn(scene);

      disk.makeRoom();
      lane.drive(name, look -> look.entry().version().phase() == Phase.COMPARED);
      assertThat(new Comparisons(lane.store().owner()).newest(name).orElseThrow().report())
          .satisfies(report -> assertThat(report.isIdentical()).isTrue());
      lane.abort(TestStore.JOB);
    }
  }

  private static boolean isRefusedRoom(Lane lane, Driver.Look look) {
    List<JobFailure> failures =
        lane.flink()
            .job(look.entry().version().name().runName())
            .map(job -> lane.flink().failures(job.id()))
            .orElse(List.of());
    return failures.stream()
            .filter(failure -> failure.cause().contains("No space left on device"))
            .count()
        > 1;
  }

  private static void liveGoesOn(Scene scene) throws Exception {
    scene.log().write(200);
    Map<Integer, Long> end = scene.log().end();
    Lane.until(Duration.ofMinutes(1), () -> scene.frontier(Scene.LIVE).equals(end));
    assertThat(scene.frontier(Scene.LIVE)).isEqualTo(end);
  }
}
