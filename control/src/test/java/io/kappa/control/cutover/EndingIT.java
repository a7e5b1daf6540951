package io.kappa.control.cutover;

import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.TestStore.V1;
import static io.kappa.control.cutover.Versioned.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Versions are marked as over, and their tables go. */
class EndingIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final Duration DAY = Duration.ofDays(1);

  private TestStore store;
  private Versioned versions;
  private Ending ending;
  private Removal removal;

  @BeforeEach
  void aLiveVersion() throws SQLException {
    store = TestStore.in(STACK.freshDatabase());
    versions = Versioned.in(store);
    ending = new Ending(store.owner(), "ann");
    removal = new Removal(store.owner(), "ann");
  }

  private void cutOver() {
    Switch ann = new Switch(store.owner(), (candidate, live) -> Optional.empty(), "ann");
    ann.make(ann.look(JOB, Way.CUT_OVER), Optional.empty(), Versioned.PATIENCE);
  }

  private String times(int version) throws SQLException {
    return store
        .rows(
            "kappa_owner",
            "SELECT ended_at IS NOT NULL, drop_after - ended_at FROM kappa.version WHERE version = "
                + version)
        .get(0);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LIVE", "STANDBY", "RETIRED", "ABORTED"})
  void aCandidateIsAbortedInWhateverPhase(Phase phase) throws Exception {
    versions.with(2, phase);

    ending.mark(ending.ofCandidate(JOB));

    assertThat(versions.state()).isEqualTo("1:LIVE 2:ABORTED 1/2");
    assertThat(times(2)).startsWith("t|00:00:00");
    assertThat(versions.lastEntry().event()).isEqualTo("aborted");
    assertThat(versions.lastEntry().detail())
        .containsOnly(entry("generation", "2"), entry("graceSeconds", "0"));
  }

  @Test
  void withoutACandidateThereIsNothingToAbort() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.ofCandidate(JOB))
        .withMessage("activity-metrics v1 is live, and there is no candidate to abort");
  }

  @Test
  void aLiveVersionIsNeverTheOneToAbortEvenIfItFailed() throws Exception {
    versions.with(2, Phase.READY);
    cutOver();
    versions.phase(2, Phase.FAILED);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.ofCandidate(JOB))
        .withMessage("activity-metrics v2 is live, and there is no candidate to abort");
  }

  @Test
  void aCandidateThatIsCutOverToMeanwhileIsNotAborted() throws Exception {
    versions.with(2, Phase.READY);
    Ending.Plan plan = ending.ofCandidate(JOB);
    cutOver();

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.mark(plan))
        .withMessageStartingWith("Somebody else was faster: v2 of activity-metrics is live");
    assertThat(versions.state()).isEqualTo("1:STANDBY 2:LIVE 2/2");
  }

  @Test
  void aCutOverIsToldThatItsCandidateWasAborted() throws Exception {
    versions.with(2, Phase.READY);
    Switch bob = new Switch(store.owner(), (candidate, live) -> Optional.empty(), "bob");
    Intent intent = bob.look(JOB, Way.CUT_OVER);
    ending.mark(ending.ofCandidate(JOB));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> bob.make(intent, Optional.empty(), Versioned.PATIENCE))
        .withMessageEndingWith("(it was 1 when this began; ann: aborted, v2)");
  }

  @Test
  void aVersionThatStandsByIsRetiredAndItsTablesStayForAWhile() throws Exception {
    versions.with(2, Phase.READY);
    cutOver();

    ending.mark(ending.ofFormer(V1, DAY));

    assertThat(versions.state()).isEqualTo("1:RETIRED 2:LIVE 2/3");
    assertThat(times(1)).startsWith("t|1 day");
    assertThat(versions.lastEntry().event()).isEqualTo("retired");
  }

  @Test
  void retiredAgainNothingIsDone() throws Exception {
    versions.with(2, Phase.READY);
    cutOver();
    ending.mark(ending.ofFormer(V1, DAY));

    Ending.Plan again = ending.ofFormer(V1, Duration.ofHours(1));
    ending.mark(again);

    assertThat(again.done()).isTrue();
    assertThat(times(1)).startsWith("t|1 day");
    assertThat(versions.state()).endsWith("2/3");
  }

  @Test
  void neitherTheLiveVersionNorACandidateIsRetired() throws Exception {
    versions.with(2, Phase.READY);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.ofFormer(V1, DAY))
        .withMessage("activity-metrics v1 is live: readers see it");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.ofFormer(name(2), DAY))
        .withMessage("activity-metrics v2 is READY; only a version that stands by can be retired")
        .extracting(Refusal::remedy)
        .isEqualTo("./kappa abort activity-metrics ends a candidate");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ending.ofFormer(name(7), DAY))
        .withMessage("There is no activity-metrics v7; there are versions [1, 2]");
  }

  @Test
  void theTablesGoWithWhatTheyWereComparedWith() throws Exception {
    versions.with(2, Phase.FENCED);
    store.run(
        "kappa_owner",
        "CREATE SCHEMA activity_metrics_v2_baseline",
        "CREATE TABLE activity_metrics_v2_baseline.items (id text)");
    store.run("kappa_job", "CREATE TABLE activity_metrics_v2.staging_1 (a int)");
    ending.mark(ending.ofCandidate(JOB));

    assertThat(removal.drop(name(2))).isEmpty();
    assertThat(removal.drop(name(2))).isEmpty();

    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'activity%' ORDER BY 1"))
        .containsExactly("activity_metrics", "activity_metrics_v1");
    assertThat(versions.lastEntry().event()).isEqualTo("dropped");
    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT count(*), count(dropped_at) FROM kappa.version WHERE dropped_at IS NOT NULL"))
        .containsExactly("1|1");
  }

  @Test
  void withAVersionGoTheCopiesOfItThatItsSuccessorWasComparedWith() throws Exception {
    versions.with(2, Phase.READY);
    store.run(
        "kappa_owner",
        "CREATE SCHEMA activity_metrics_v2_baseline",
        "CREATE TABLE activity_metrics_v2_baseline.items (id text)");
    cutOver();
    ending.mark(ending.ofFormer(V1, Duration.ZERO));
    versions.detach(1);

    assertThat(removal.drop(V1)).isEmpty();

    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'activity%' ORDER BY 1"))
        .containsExactly("activity_metrics", "activity_metrics_v2");
  }

  @Test
  void whatReadersCanSeeIsNotDropped() throws Exception {
    versions.with(2, Phase.READY);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> removal.drop(V1))
        .withMessage("activity-metrics v1 is in the contract views: readers can see it");
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> removal.drop(name(2)));
  }

  @Test
  void whoUsesTheTablesIsNamedAndNothingIsDropped() throws Exception {
    versions.with(2, Phase.FENCED);
    try (Connection user = store.database().connect("kappa_job");
        Statement statement = user.createStatement()) {
      user.setAutoCommit(false);
      statement.execute("SELECT * FROM activity_metrics_v2.items");

      assertThat(removal.drop(name(2)))
          .hasValueSatisfying(who -> assertThat(who).matches("process \\d+ \\(.*kappa_job\\)"));
    }
    assertThat(store.rows("kappa_owner", "SELECT count(*) FROM activity_metrics_v2.items"))
        .containsExactly("0");
    store.run("kappa_owner", "CREATE VIEW kappa.mine AS SELECT id FROM activity_metrics_v2.items");
    assertThat(removal.drop(name(2)))
        .hasValueSatisfying(what -> assertThat(what).contains("view kappa.mine depends on table"));
  }
}
