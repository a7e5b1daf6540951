package io.kappa.control.status;

import static io.kappa.control.TestStore.V1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.flink.FakeFlinkCluster;
import io.kappa.control.flink.Submission;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Tally;
import io.kappa.control.version.UpgradeStage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatusReaderIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Frontier END = Frontier.of(Map.of("activity", Map.of(0, 9L, 1, 9L)));
  private static final String COUNTS =
      "{\"applied\": %d, \"filtered\": %d, \"quarantined\": %d, \"gaps\": 0}";

  private final FakeFlinkCluster flink = new FakeFlinkCluster();
  private TestStore store;

  @BeforeEach
  void aVersionThatWasHandedIn() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    store.insert(TestStore.version("activity"));
    new VersionSchema(store.owner()).createFirst(V1, List.of(TestStore.ITEMS));
    store.run(
        "kappa_job",
        "INSERT INTO kappa.run (job, version, generation, token)"
            + " VALUES ('activity-metrics', 1, 1, gen_random_uuid())");
    flink.submit(
        new Submission(
            Path.of("jar"), List.of(), Map.of("pipeline.name", V1.runName()), Optional.empty()));
  }

  private void commit(long first, long second) throws Exception {
    store.run(
        "kappa_job",
        "UPDATE kappa.ledger SET checkpoint_id = 3, committed_at = now(),"
            + " frontier = '{\"activity\": {\"0\": %d, \"1\": %d}}',".formatted(first, second)
            + " counts = '{\"activity\": {\"0\": %s, \"1\": %s}}'"
                .formatted(COUNTS.formatted(first - 1, 1, 0), COUNTS.formatted(second - 2, 0, 2)));
  }

  private VersionStatus read(LogEnds ends) {
    List<JobStatus> jobs = new StatusReader(new Versions(store.owner()), ends, flink).read();
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).live()).isEqualTo(OptionalInt.of(1));
    assertThat(jobs.get(0).versions()).hasSize(1);
    return jobs.get(0).versions().get(0);
  }

  private VersionStatus read() {
    return read(topics -> Optional.of(END));
  }

  @Test
  void beforeItsFirstCommitAVersionIsCreated() {
    VersionStatus version = read();

    assertThat(version.phase()).isEqualTo(Phase.CREATED);
    assertThat(version.lag()).isEqualTo(OptionalLong.of(18));
    assertThat(version.committedAt()).isEmpty();
  }

  @Test
  void onItsWayAVersionReplaysAndItsCountsAreThoseOfAllPartitions() throws Exception {
    commit(5, 6);

    VersionStatus version = read();

    assertThat(version.phase()).isEqualTo(Phase.REPLAYING);
    assertThat(version.frontier()).isEqualTo(Frontier.of(Map.of("activity", Map.of(0, 5L, 1, 6L))));
    assertThat(version.lag()).isEqualTo(OptionalLong.of(7));
    assertThat(version.counts()).isEqualTo(new Tally(8, 1, 2, 0));
  }

  @Test
  void onceItWasWhereTheLogEndedAVersionIsLiveHoweverFarTheLogHasGrown() throws Exception {
    commit(5, 7);

    assertThat(read().phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void whileTheBrokerIsAwayTheLagIsUnknown() {
    assertThat(read(topics -> Optional.empty()).lag()).isEmpty();
  }

  @Test
  void whatTheRunWroteDownIsWhyItFailed() throws Exception {
    commit(5, 7);
    store.run("kappa_job", "UPDATE kappa.run SET failure = 'the log changed', failed_at = now()");
    flink.become(V1.runName(), EngineState.FAILED);
    flink.cause("job-1", "something around it");

    VersionStatus version = read();

    assertThat(version.phase()).isEqualTo(Phase.FAILED);
    assertThat(version.failure()).contains("the log changed");
  }

  @Test
  void whatFlinkSaysIsWhyItFailedIfTheRunWroteNothing() {
    flink.become(V1.runName(), EngineState.FAILED);
    flink.cause("job-1", "the job threw");

    assertThat(read().failure()).contains("the job threw");
  }

  @Test
  void aVersionThatTriesAgainHasNotFailed() throws Exception {
    commit(5, 7);
    flink.become(V1.runName(), EngineState.RESTARTING);
    flink.cause("job-1", "Connection refused");

    VersionStatus version = read();

    assertThat(version.phase()).isEqualTo(Phase.LIVE);
    assertThat(version.failure()).isEmpty();
    assertThat(version.trouble()).contains("Connection refused");
  }

  @Test
  void aNewRunOfAVersionThatFailedHasNotFailed() throws Exception {
    commit(5, 7);
    store.run(
        "kappa_job",
        "UPDATE kappa.run SET failure = 'the log changed', failed_at = now()",
        "INSERT INTO kappa.run (job, version, generation, token)"
            + " VALUES ('activity-metrics', 1, 2, gen_random_uuid())");

    assertThat(read().phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void anUpgradeThatIsUnderWayIsSaidAndOneThatIsDoneIsnt() throws Exception {
    commit(5, 7);
    store.run(
        "kappa_owner",
        """
        INSERT INTO kappa.upgrade (job, version, number, stage, leg, before_jar_sha256, before_jar,
            before_parameters, after_jar_sha256, after_jar, after_parameters)
        VALUES ('activity-metrics', 1, 1, 'TRYING', 1, 'a', 'a.jar', '{}', 'b', 'b.jar', '{}')
        """);

    assertThat(read().upgrade().orElseThrow().stage()).isEqualTo(UpgradeStage.TRYING);

    store.run("kappa_owner", "UPDATE kappa.upgrade SET stage = 'DONE', ended_at = now()");
    assertThat(read().upgrade()).isEmpty();
  }
}
