package io.kappa.control.cutover;

import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.cutover.Versioned.frontier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.kappa.control.Refusal;
import io.kappa.control.Sabotage;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When readers are switched, and when they are not. */
class SwitchIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String RULES = "io.kappa.control.cutover.SwitchRules";
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Optional<String> NO_REASON = Optional.empty();

  private TestStore store;
  private Versioned versions;
  private Optional<String> verdict = Optional.empty();

  @BeforeEach
  void aLiveVersionAndAReadyOneFurtherOn() throws SQLException {
    store = TestStore.in(STACK.freshDatabase());
    versions = Versioned.in(store).with(2, Phase.READY);
    versions.row(1, "old", 1);
    versions.row(2, "new", 2);
    versions.at(1, 10, 20);
    versions.at(2, 10, 25);
  }

  private Switch operator(String name) {
    return new Switch(store.owner(), (candidate, live) -> verdict, name);
  }

  private Switched cutOver() {
    Switch ann = operator("ann");
    return ann.make(ann.look(JOB, Way.CUT_OVER), NO_REASON, SHORT);
  }

  private Switched rollBack() {
    Switch ann = operator("ann");
    return ann.make(ann.look(JOB, Way.ROLL_BACK), NO_REASON, SHORT);
  }

  private String seen() throws SQLException {
    return String.join(",", store.rows("kappa_reader", "SELECT id FROM activity_metrics.items"));
  }

  @Test
  void readersSeeTheNewVersionAndTheOldOneStandsBy() throws Exception {
    Switched done = cutOver();

    assertThat(seen()).isEqualTo("new");
    assertThat(versions.state()).isEqualTo("1:STANDBY 2:LIVE 2/2");
    assertThat(done.before()).isEqualTo(frontier(10, 20));
    assertThat(done.after()).isEqualTo(frontier(10, 25));
    AuditTrail.Entry noted = versions.lastEntry();
    assertThat(noted.actor()).isEqualTo("ann");
    assertThat(noted.event()).isEqualTo("cut over");
    assertThat(noted.version()).isEqualTo(OptionalInt.of(2));
    assertThat(noted.detail())
        .containsOnly(
            entry("from", "1"),
            entry("to", "2"),
            entry("fromFrontier", "{\"activity\":{\"0\":10,\"1\":20}}"),
            entry("toFrontier", "{\"activity\":{\"0\":10,\"1\":25}}"),
            entry("generation", "2"),
            entry("ground", "verdict: pass"));
  }

  @Test
  void theWayBackIsTheSameAndNeedsNoVerdict() throws Exception {
    cutOver();
    versions.at(1, 10, 30);
    verdict = Optional.of("it failed");

    rollBack();

    assertThat(seen()).isEqualTo("old");
    assertThat(versions.state()).isEqualTo("1:LIVE 2:READY 1/3");
    assertThat(versions.lastEntry().event()).isEqualTo("rolled back");
  }

  @Test
  void aVersionThatIsBehindInOnePartitionIsNotSwitchedTo() throws Exception {
    versions.at(2, 9, 1_000);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage(
            "In 0 s there was no moment to switch from activity-metrics v1 to v2:"
                + " v2 is behind by 1 records (activity-0 by 1)");

    assertThat(versions.state()).isEqualTo("1:LIVE 2:READY 1/1");
  }

  @Test
  void withoutTheFrontierCheckReadersGoBack() throws Exception {
    versions.at(2, 9, 1_000);

    try (Sabotage taken = Sabotage.saying(true, RULES, "isPast")) {
      cutOver();
    }

    assertThat(
            store.rows("kappa_reader", "SELECT frontier -> 'activity' -> '0' FROM kappa.freshness"))
        .containsExactly("9");
  }

  @Test
  void itWaitsForTheMomentAtWhichTheNewVersionIsNotBehind() throws Exception {
    versions.at(2, 9, 20);
    Switch ann = operator("ann");
    Intent intent = ann.look(JOB, Way.CUT_OVER);

    CompletableFuture<Switched> done =
        CompletableFuture.supplyAsync(() -> ann.make(intent, NO_REASON, Versioned.PATIENCE));
    assertThat(ann.rehearse(intent, NO_REASON))
        .hasValue("v2 is behind by 1 records (activity-0 by 1)");
    versions.at(2, 10, 20);

    assertThat(done)
        .succeedsWithin(Versioned.PATIENCE)
        .extracting(Switched::after)
        .isEqualTo(frontier(10, 20));
  }

  @Test
  void aRehearsalChangesNothing() throws Exception {
    Switch ann = operator("ann");

    assertThat(ann.rehearse(ann.look(JOB, Way.CUT_OVER), NO_REASON)).isEmpty();

    assertThat(versions.state()).isEqualTo("1:LIVE 2:READY 1/1");
    assertThat(versions.lastEntry().event()).isEqualTo("created");
  }

  @Test
  void aVerdictThatDoesNotStandIsInTheWayUnlessItIsOverruled() throws Exception {
    verdict = Optional.of("3 rows are missing");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage("activity-metrics v2 may not take the place of v1: 3 rows are missing");
    assertThat(seen()).isEqualTo("old");

    Switch ann = operator("ann");
    ann.make(ann.look(JOB, Way.CUT_OVER), Optional.of("they were wrong"), SHORT);

    assertThat(seen()).isEqualTo("new");
    assertThat(versions.lastEntry().detail())
        .containsEntry("ground", "accepted: they were wrong (although 3 rows are missing)");
  }

  @Test
  void withoutTheVerdictCheckAFailedCandidateIsSwitchedTo() throws Exception {
    verdict = Optional.of("3 rows are missing");

    try (Sabotage taken = Sabotage.saying(true, RULES, "isAllowed")) {
      cutOver();
    }

    assertThat(seen()).isEqualTo("new");
  }

  @Test
  void aSecondOperatorIsToldThatTheGenerationChanged() {
    Intent bobs = operator("bob").look(JOB, Way.CUT_OVER);
    cutOver();

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> operator("bob").make(bobs, NO_REASON, SHORT))
        .withMessage(
            "Somebody else was faster: v2 of activity-metrics is live, generation 2"
                + " (it was 1 when this began; ann: cut over, v2)");
  }

  @Test
  void withoutTheGenerationCheckTheSecondOperatorUndoesWhatTheFirstDid() throws Exception {
    Intent bobs = operator("bob").look(JOB, Way.CUT_OVER);
    versions.at(1, 10, 25);
    cutOver();
    rollBack();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> operator("bob").make(bobs, NO_REASON, SHORT));
    assertThat(seen()).isEqualTo("old");

    try (Sabotage taken = Sabotage.saying(true, RULES, "isUnmoved")) {
      operator("bob").make(bobs, NO_REASON, SHORT);
    }

    assertThat(seen()).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATED", "REPLAYING", "FENCED", "COMPARED", "CATCHING_UP"})
  void aCandidateThatIsNotReadyIsNotSwitchedTo(Phase phase) throws Exception {
    versions.phase(2, phase);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage(
            "activity-metrics v2 is %s; readers can be cut over to it when it is READY", phase)
        .extracting(Refusal::remedy)
        .isEqualTo("./kappa wait activity-metrics waits for that");
  }

  @Test
  void aFailedOrMissingCandidateIsSaidAndWhatToDo() throws Exception {
    versions.phase(2, Phase.FAILED);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessageStartingWith("activity-metrics v2 is FAILED");

    versions.phase(2, Phase.ABORTED);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage("activity-metrics v1 is live, and there is no candidate to cut over to");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::rollBack)
        .withMessage("activity-metrics v1 is live, and no version before it stands by");
  }

  @Test
  void aPhaseThatChangesAfterTheLookIsSeenUnderTheLock() throws Exception {
    Switch ann = operator("ann");
    Intent intent = ann.look(JOB, Way.CUT_OVER);
    versions.phase(2, Phase.FAILED);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ann.make(intent, NO_REASON, SHORT))
        .withMessage("activity-metrics v2 is FAILED; allowed is READY");
  }

  @Test
  void aVersionThatIsNotInTheViewsIsNotSwitchedTo() {
    versions.detach(2);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage(
            "activity-metrics v2 is READY and not in the contract views; allowed is READY");
  }

  @Test
  void versionsOfOtherTopicsCannotBeCompared() throws Exception {
    store.run(
        "kappa_owner",
        "UPDATE kappa.version SET topic_ids = '{\"activity\": \"id-2\"}' WHERE version = 2");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(this::cutOver)
        .withMessage(
            "activity-metrics v2 reads {activity=id-2}, but activity-metrics v1 reads"
                + " {activity=id-1}: their places in the log can't be compared");
  }

  @Test
  void aWayBackIsNotRefusedForAReplaysSake() throws Exception {
    cutOver();
    versions.with(3, Phase.REPLAYING);
    versions.at(1, 10, 30);

    rollBack();

    assertThat(versions.state()).isEqualTo("1:LIVE 2:STANDBY 3:REPLAYING 1/3");
  }

  @Test
  void theWayBackLeadsToTheVersionThatReadersSawLast() throws Exception {
    cutOver();
    versions.at(1, 50, 50);
    versions.with(3, Phase.READY);
    rollBack();
    versions.at(3, 60, 60);
    cutOver();
    assertThat(versions.state()).isEqualTo("1:STANDBY 2:STANDBY 3:LIVE 3/4");

    assertThat(operator("ann").look(JOB, Way.ROLL_BACK).to()).isEqualTo(Versioned.name(1));
  }

  @Test
  void aFailedLiveVersionIsLeftAndStaysFailed() throws Exception {
    versions.phase(1, Phase.FAILED);

    cutOver();

    assertThat(versions.state()).isEqualTo("1:FAILED 2:LIVE 2/2");
  }

  /**
   * The audit row is written behind the check. There the switch is held up until the version that
   * readers see has tried to commit.
   *
   * @return whether a reader that saw that commit goes back by the switch
   */
  private boolean readersGoBackByACommitBehindTheCheck() throws Exception {
    store.run(
        "kappa_owner",
        """
        CREATE FUNCTION kappa.hold_up() RETURNS trigger
        LANGUAGE plpgsql SET lock_timeout = 0 AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock(42);
          RETURN NEW;
        END $$
        """,
        "CREATE TRIGGER hold_up BEFORE INSERT ON kappa.audit"
            + " FOR EACH ROW EXECUTE FUNCTION kappa.hold_up()");
    Switch ann = operator("ann");
    Intent intent = ann.look(JOB, Way.CUT_OVER);
    CompletableFuture<Switched> done;
    long before;
    try (Connection brake = store.database().connect("kappa_owner");
        Statement statement = brake.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(42)");
      done = CompletableFuture.supplyAsync(() -> ann.make(intent, NO_REASON, Versioned.PATIENCE));
      while (!store
          .rows("kappa_owner", "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
          .contains("1")) {
        Thread.onSpinWait();
      }
      tryToCommit();
      before = partitionZero();
    }
    assertThat(done).succeedsWithin(Versioned.PATIENCE);
    return partitionZero() < before;
  }

  private void tryToCommit() throws SQLException {
    try {
      store.run(
          "kappa_job",
          "SET lock_timeout = '200ms'",
          "UPDATE kappa.ledger SET frontier = '{\"activity\": {\"0\": 11, \"1\": 20}}' WHERE version = 1");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo(JobRows.LOCK_TIMEOUT);
    }
  }

  private long partitionZero() throws SQLException {
    String query = "SELECT frontier -> 'activity' -> '0' FROM kappa.freshness";
    return Long.parseLong(store.rows("kappa_reader", query).get(0));
  }

  @Test
  void theLiveVersionCannotCommitBetweenTheCheckAndTheSwitch() throws Exception {
    assertThat(readersGoBackByACommitBehindTheCheck()).isFalse();
  }

  @Test
  void withoutTheLedgersLockItCommitsInBetweenAndReadersGoBack() throws Exception {
    try (Sabotage taken = Sabotage.silencing("io.kappa.control.cutover.Ledgers", "hold")) {
      assertThat(readersGoBackByACommitBehindTheCheck()).isTrue();
    }
  }
}
