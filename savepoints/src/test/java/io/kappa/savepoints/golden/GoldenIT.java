package io.kappa.savepoints.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.run.BlankRun;
import io.kappa.savepoints.compat.Compatibility;
import io.kappa.savepoints.compat.CompatibilityCheck;
import io.kappa.savepoints.compat.StateVerdict;
import io.kappa.savepoints.compat.Verdict;
import io.kappa.savepoints.inspect.SavepointReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of earlier releases, each gone on with by the code as it is now; and each job's state
 * as it is now, held against its newest golden savepoint.
 */
class GoldenIT {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final String WRITING = "kappa.golden";
  private static final String WRITE = "write";
  private static final long SEED = 11;

  /** Some jobs have rows only when they have read more. */
  private static final int FEWEST_BEFORE = 400;

  private static final int PARTS_AFTER = 6;

  @TempDir private Path directory;

  static Stream<JobDefinition> jobs() {
    return ServiceLoader.load(JobDefinition.class).stream().map(ServiceLoader.Provider::get);
  }

  static List<GoldenFiles> golden() {
    return GoldenFiles.all();
  }

  @ParameterizedTest
  @MethodSource("golden")
  @DisabledIfSystemProperty(named = WRITING, matches = WRITE)
  void theCodeGoesOnFromIt(GoldenFiles golden, @InjectMiniCluster MiniCluster flink)
      throws Exception {
    JobDefinition job =
        jobs().filter(each -> each.name().equals(golden.job())).findFirst().orElseThrow();
    for (String backend : List.of("hashmap", "rocksdb")) {
      GoldenRun.Result result =
          new GoldenRun(job, flink)
              .on(
                  golden.then(),
                  backend.equals("hashmap") ? 1 : 2,
                  backend,
                  Optional.of(golden.savepoint()),
                  directory);

      assertThat(result.rows()).as("%s on %s", golden, backend).isEqualTo(golden.rows());
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  @DisabledIfSystemProperty(named = WRITING, matches = WRITE)
  void theStateIsThatOfTheNewestOne(JobDefinition job) {
    GoldenFiles golden =
        GoldenFiles.newest(job.name())
            .orElseGet(
                () ->
                    fail(
                        "%s has no golden savepoint: `make golden` writes one, to be committed"
                            .formatted(job.name())));
    String differing =
        differing(job, golden).stream()
            .map(
                state ->
                    "  %s of %s: %s, %s"
                        .formatted(
                            state.state(), state.operator(), state.verdict(), state.reason()))
            .collect(Collectors.joining("\n"));
    if (!differing.isEmpty()) {
      fail(
          """
          The state of %s isn't what its newest golden savepoint holds (%s):
          %s
          Decide what this change is (docs/state.md, "How to change a job's state"):
          - live versions can go on (SAME, ADDED, MIGRATABLE only, and it means the same):
            raise the release, let `make golden` write a new golden savepoint, and commit it;
          - or they can't: take the change back, or make it a new version that is replayed, and
            replace the golden savepoint, so that nobody takes it for an upgrade."""
              .formatted(job.name(), golden, differing));
    }
  }

  private List<StateVerdict> differing(JobDefinition job, GoldenFiles golden) {
    Path blank =
        Path.of(
            URI.create(
                BlankRun.save(
                    job, Map.of(), GoldenRun.MAX_PARALLELISM, directory.toUri().toString())));
    Compatibility found =
        CompatibilityCheck.of(
            new SavepointReader(getClass().getClassLoader()).read(golden.savepoint()),
            golden.savepoint(),
            blank);
    return found.states().stream().filter(state -> state.verdict() != Verdict.SAME).toList();
  }

  /** What {@code make golden} does. */
  @ParameterizedTest
  @MethodSource("jobs")
  @EnabledIfSystemProperty(named = WRITING, matches = WRITE)
  void write(JobDefinition job, @InjectMiniCluster MiniCluster flink) throws Exception {
    int records = FEWEST_BEFORE;
    List<GoldenLog> logs;
    GoldenRun.Result before;
    GoldenRun.Result after;
    do {
      logs = GoldenLog.generated(job, SEED, records, records / PARTS_AFTER);
      before = new GoldenRun(job, flink).on(logs.get(0), 2, "hashmap", Optional.empty(), directory);
      after =
          new GoldenRun(job, flink)
              .on(logs.get(1), 1, "hashmap", Optional.of(before.savepoint()), directory);
      records *= 2;
    } while (after.rows().isEmpty());

    new GoldenFiles(
            GoldenFiles.ROOT
                .resolve(job.name())
                .resolve(
                    "%s-flink%s"
                        .formatted(
                            System.getProperty("kappa.release").replace("-SNAPSHOT", ""),
                            EnvironmentInformation.getVersion())))
        .write(before.savepoint(), logs.get(1), after.rows());
  }
}
