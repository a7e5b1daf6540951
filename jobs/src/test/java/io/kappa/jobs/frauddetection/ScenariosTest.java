package io.kappa.jobs.frauddetection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import io.kappa.common.job.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job by scenario, through all of its operators. */
class ScenariosTest {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOON = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();
  private static final Map<String, String> NO_BUILTIN =
      Map.of("builtin-rules", "none", "max-window", "7d", "label-horizon", "10d");

  static Stream<Named<StateBackend>> backends() {
    return Stream.of(
        Named.of("heap", new HashMapStateBackend()),
        Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
  }

  private static JobHarness begin() throws Exception {
    return JobHarness.begin(new HashMapStateBackend(), NO_BUILTIN);
  }

  private static Transaction paid(String id, String account, String terminal, long at, long cents) {
    return new Transaction(id, account, terminal, cents, "EUR", at);
  }

  private static Label fraud(String id, String account, long at) {
    return new Label(id, account, true, at);
  }

  private static Rule amountAbove(long cents, long from) {
    return new Rule("large", "amount-above", "{\"amountCents\":" + cents + "}", from, null);
  }

  private static Rule countAbove(String per, long from) {
    return new Rule(
        "busy",
        "count-above",
        "{\"count\":1,\"per\":\"%s\",\"window\":\"1h\"}".formatted(per),
        from,
        null);
  }

  private static Rule suspected(String window, long from) {
    return new Rule(
        "suspected", "terminal-suspected", "{\"window\":\"" + window + "\"}", from, null);
  }

  private static final String SUSPICION =
      " suspected: fraud confirmed at the terminal within 7d: 1 or more";

  @Test
  void aRuleThatIsReadAfterATransactionFindsItToo() throws Exception {
    try (JobHarness job = begin()) {
      job.give(paid("t1", "ann", "x", NOON, 500)).barrier();
      assertThat(job.alerts()).isEmpty();

      job.give(amountAbove(400, NOON)).barrier();

      assertThat(job.tables())
          .isEqualTo(
              Map.of(
                  "alerts",
                  Map.of(
                      List.of("t1", "large"),
                      List.of("t1", "large", "ann", "x", NOON, 500L, "amount 500, above 400")),
                  "account_daily",
                  Map.of(List.of("ann", NOON / DAY), List.of("ann", NOON / DAY, 1L, 500L, 1L)),
                  "terminal_daily",
                  Map.of(List.of("x", NOON / DAY), List.of("x", NOON / DAY, 1L, 500L, 1L))));
    }
  }

  @Test
  void aRuleHoldsFromItsFirstMomentToBeforeItsEnd() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
          new Rule("large", "amount-above", "{\"amountCents\":1}", NOON, NOON + HOUR),
          paid("before", "ann", "x", NOON - 1, 5),
          paid("first", "ann", "x", NOON, 5),
          paid("last", "ann", "x", NOON + HOUR - 1, 5),
          paid("behind", "ann", "x", NOON + HOUR, 5));

      job.barrier();

      assertThat(job.alerts())
          .containsExactly("first large: amount 5, above 1", "last large: amount 5, above 1");
    }
  }

  @Test
  void aLaterWordingTakesAlertsBackThatWereSent() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
              amountAbove(1, NOON),
              paid("t1", "ann", "x", NOON, 5),
              paid("t2", "ann", "x", NOON + 2, 5))
          .barrier();

      job.give(amountAbove(9, NOON + 1)).barrier();

      assertThat(job.alerts()).containsExactly("t1 large: amount 5, above 1");
      assertThat(job.tables().get("account_daily").values())
          .containsExactly(List.of("ann", NOON / DAY, 2L, 10L, 1L));
    }
  }

  @Test
  void aRuleThatIsOnlyRestatedHasNothingJudgedAgain() throws Exception {
    try (JobHarness job = begin()) {
      job.give(amountAbove(1, NOON), paid("t1", "ann", "x", NOON + HOUR, 5)).barrier();
      List<Object> before = job.sent("accounts");

      job.give(amountAbove(1, NOON), amountAbove(1, NOON + 1)).barrier();

      assertThat(job.sent("accounts")).isEqualTo(before);
    }
  }

  @Test
  void aRuleThatMovesFromAccountsToTerminalsLeavesNoAlertOfBefore() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
              countAbove("account", NOON),
              paid("t1", "ann", "x", NOON, 5),
              paid("t2", "ann", "y", NOON + 2, 5),
              paid("t3", "bob", "y", NOON + 3, 5))
          .barrier();
      assertThat(job.alerts())
          .containsExactly("t2 busy: count 2 of the account within 1h, above 1");

      job.give(countAbove("terminal", NOON + 1)).barrier();

      assertThat(job.alerts())
          .containsExactly("t3 busy: count 2 of the terminal within 1h, above 1");
    }
  }

  @Test
  void anEarlierTransactionThatIsReadLaterAlertsTheLaterOnes() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
              countAbove("terminal", NOON),
              paid("t2", "ann", "x", NOON + HOUR, 5),
              paid("t3", "ann", "x", NOON + 3 * HOUR, 5))
          .barrier();
      assertThat(job.alerts()).isEmpty();

      job.give(paid("t1", "bob", "x", NOON + 1, 5)).barrier();

      assertThat(job.alerts())
          .containsExactly("t2 busy: count 2 of the terminal within 1h, above 1");
    }
  }

  @Test
  void anEarlierTransactionThatIsReadLaterCanTakeAnAlertBack() throws Exception {
    Rule average =
        new Rule(
            "average",
            "average-above",
            "{\"atLeast\":1,\"times\":2,\"window\":\"1d\"}",
            NOON,
            null);
    try (JobHarness job = begin()) {
      job.give(average, paid("t1", "ann", "x", NOON + 1, 10), paid("t3", "ann", "x", NOON + 3, 50))
          .barrier();
      assertThat(job.alerts())
          .containsExactly(
              "t3 average: amount 50, above 2 times the average of 1 within 1d (sum 10)");

      job.give(paid("t2", "ann", "x", NOON + 2, 40)).barrier();

      assertThat(job.alerts())
          .containsExactly(
              "t2 average: amount 40, above 2 times the average of 1 within 1d (sum 10)");
    }
  }

  @Test
  void aLabelFindsItsTerminalWhicheverIsReadFirst() throws Exception {
    Transaction bad = paid("bad", "ann", "x", NOON, 5);
    Label label = fraud("bad", "ann", NOON + HOUR);
    Transaction next = paid("next", "bob", "x", NOON + HOUR, 5);
    for (boolean labelFirst : new boolean[] {true, false}) {
      try (JobHarness job = begin()) {
        job.give(suspected("7d", NOON), next);
        job.give(labelFirst ? label : bad).barrier();
        job.give(labelFirst ? bad : label).barrier();

        assertThat(job.alerts()).containsExactly("next" + SUSPICION);
      }
    }
  }

  @Test
  void aTerminalIsSuspectedFromTheLabelOnUntilItIsOldOrRevoked() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
          suspected("7d", NOON),
          paid("bad", "ann", "x", NOON, 5),
          fraud("bad", "ann", NOON + HOUR),
          paid("too-early", "bob", "x", NOON + HOUR - 1, 5),
          paid("first", "bob", "x", NOON + HOUR, 5),
          paid("last", "bob", "x", NOON + HOUR + 7 * DAY - 1, 5),
          paid("too-late", "bob", "x", NOON + HOUR + 7 * DAY, 5),
          paid("elsewhere", "bob", "y", NOON + HOUR, 5));
      job.barrier();
      assertThat(job.alerts()).containsExactly("first" + SUSPICION, "last" + SUSPICION);

      job.give(new Label("bad", "ann", false, NOON + 2 * HOUR)).barrier();

      assertThat(job.alerts()).containsExactly("first" + SUSPICION);
    }
  }

  @Test
  void ofTwoLabelsOfTheSameMomentTheOneCountsThatSaysFraud() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
          suspected("7d", NOON),
          paid("bad", "ann", "x", NOON, 5),
          new Label("bad", "ann", false, NOON + HOUR),
          fraud("bad", "ann", NOON + HOUR),
          paid("next", "bob", "x", NOON + HOUR, 5));

      job.barrier();

      assertThat(job.alerts()).containsExactly("next" + SUSPICION);
    }
  }

  @Test
  void aLabelBeyondTheHorizonOrBeforeItsTransactionIsIgnored() throws Exception {
    try (JobHarness job = begin()) {
      job.give(
          suspected("7d", NOON),
          paid("bad", "ann", "x", NOON, 5),
          fraud("bad", "ann", NOON - 1),
          paid("next", "bob", "x", NOON, 5),
          fraud("bad", "ann", NOON + 10 * DAY + 1),
          paid("late", "bob", "x", NOON + 10 * DAY + 1, 5));
      job.barrier();
      assertThat(job.alerts()).isEmpty();

      job.give(fraud("bad", "ann", NOON + 10 * DAY)).barrier();

      assertThat(job.alerts()).containsExactly("late" + SUSPICION);
    }
  }

  @Test
  void copiesCountOnceAndOfContradictionsTheFirstCounts() throws Exception {
    try (JobHarness job = begin()) {
      Transaction first = paid("t1", "ann", "x", NOON, 5);
      job.give(first, first, paid("t1", "ann", "y", NOON, 7));
      job.give(paid("t1", "ann", "y", NOON + 10 * DAY, 7), paid("t1", "ann", "y", NOON - 1, 7));

      job.barrier();

      assertThat(job.tables().get("terminal_daily").values())
          .containsExactly(List.of("x", NOON / DAY, 1L, 5L, 0L));
      assertThat(job.tables().get("account_daily").values())
          .containsExactly(List.of("ann", NOON / DAY, 1L, 5L, 0L));
    }
  }

  @Test
  void anIdMayBeUsedAgainAfterTheLabelHorizonAndByAnotherAccount() throws Exception {
    try (JobHarness job = begin()) {
      long later = NOON + 10 * DAY + 1;
      job.give(paid("t1", "ann", "x", NOON, 5), paid("t1", "ann", "x", later, 6));
      job.give(paid("t1", "bob", "x", NOON, 7));
      job.give(suspected("7d", NOON), fraud("t1", "ann", later));
      job.give(paid("next", "eve", "x", later, 1));

      job.barrier();

      assertThat(job.tables().get("terminal_daily").values())
          .containsExactlyInAnyOrder(
              List.of("x", NOON / DAY, 2L, 12L, 0L), List.of("x", later / DAY, 2L, 7L, 2L));
      assertThat(job.alerts()).containsExactly("next" + SUSPICION, "t1" + SUSPICION);
    }
  }

  @Test
  void builtInRulesHoldFromEverOnUntilTheTopicSaysOtherwise() throws Exception {
    try (JobHarness job = JobHarness.begin(new HashMapStateBackend(), Map.of())) {
      job.give(
          new Rule("large-amount", "amount-above", "{\"amountCents\":90000}", NOON, null),
          paid("t1", "ann", "x", NOON - 1, 50_000),
          paid("t2", "bob", "y", NOON, 50_000));

      job.barrier();

      assertThat(job.alerts()).containsExactly("t1 large-amount: amount 50000, above 22000");
    }
  }

  @Test
  void aKeyThatGetsManyTransactionsIsJudgedOnceABarrier() throws Exception {
    try (JobHarness job = begin()) {
      job.give(amountAbove(1, NOON));
      for (int i = 0; i < 100; i++) {
        job.give(paid("t" + i, "ann", "x", NOON + 100 - i, 5));
      }
      assertThat(job.sent("accounts")).noneMatch(Verdict.class::isInstance);

      job.barrier();

      assertThat(job.sent("accounts")).filteredOn(Verdict.class::isInstance).hasSize(100);
      assertThat(job.sent("alerts")).filteredOn(Change.class::isInstance).hasSize(100);
    }
  }

  @Test
  void moreThanMayWaitIsJudgedWithoutABarrier() throws Exception {
    try (JobHarness job = begin()) {
      job.give(amountAbove(1, NOON));
      for (int i = 0; i < Watch.MOST_WAITING; i++) {
        job.give(paid("t" + i, "ann", "x" + i % 7, NOON + i % 100, 5));
      }

      assertThat(job.alerts()).hasSize(Watch.MOST_WAITING);
    }
  }

  @Test
  void noWatermarkOvertakesAVerdict() throws Exception {
    try (JobHarness job = begin()) {
      // One after the other: a rule has everything judged that waits.
      job.give(amountAbove(1, NOON)).give(paid("t1", "ann", "x", NOON, 5));
      job.watermark(NOON - 1);
      assertThat(job.alerts()).isEmpty();

      job.watermark(NOON);

      assertThat(job.alerts()).containsExactly("t1 large: amount 5, above 1");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatNothingToComeCanSeeIsForgotten(StateBackend backend) throws Exception {
    try (JobHarness job = JobHarness.begin(backend, NO_BUILTIN)) {
      job.give(
          amountAbove(1, NOON),
          suspected("1h", NOON),
          paid("t1", "ann", "x", NOON, 5),
          fraud("t1", "ann", NOON + HOUR),
          fraud("never-seen", "bob", NOON + HOUR),
          paid("t2", "eve", "y", NOON + 3 * DAY, 5));
      job.barrier();
      assertThat(job.state())
          .contains(
              "accounts: dossiers of bob", "alerts: verdicts of t1", "terminals: confirmed of x");

      job.watermark(NOON + HOUR);
      assertThat(job.state())
          .doesNotContain("accounts: dossiers of bob", "alerts: verdicts of t1")
          .contains("alerts: verdicts of t2", "account-daily: days of ann");

      long lastOfDay = (NOON / DAY + 1) * DAY - 1;
      job.watermark(lastOfDay);
      assertThat(job.state())
          .doesNotContain("account-daily: days of ann", "terminal-daily: days of x");

      job.watermark(lastOfDay + 7 * DAY - 1);
      assertThat(job.state()).contains("terminals: days of x", "terminals: confirmed of x");
      job.watermark(lastOfDay + 7 * DAY);
      assertThat(job.state()).noneMatch(state -> state.endsWith("of x"));

      job.watermark(lastOfDay + 10 * DAY - 1);
      assertThat(job.state()).contains("accounts: days of ann", "accounts: dossiers of ann");
      job.watermark(lastOfDay + 10 * DAY);
      assertThat(job.state()).noneMatch(state -> state.endsWith("of ann"));

      job.watermark(lastOfDay + 13 * DAY);
      assertThat(job.state()).isEmpty();
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void aDayThatIsForgottenStillCountsForNobody() throws Exception {
    Rule week =
        new Rule(
            "week",
            "count-above",
            "{\"count\":1,\"per\":\"account\",\"window\":\"7d\"}",
            NOON,
            null);
    try (JobHarness job = begin()) {
      job.give(week, paid("t1", "ann", "x", NOON, 5)).barrier();
      job.watermark(NOON + 7 * DAY - 2);
      job.give(paid("t2", "ann", "x", NOON + 7 * DAY - 1, 5)).barrier();
      assertThat(job.alerts())
          .containsExactly("t2 week: count 2 of the account within 7d, above 1");
      job.watermark(NOON + 30 * DAY);

      job.give(paid("t3", "ann", "x", NOON + 31 * DAY, 5)).barrier();

      assertThat(job.alerts())
          .containsExactly("t2 week: count 2 of the account within 7d, above 1");
    }
  }

  @Test
  void anEventThatTheWatermarkHasPassedIsRefused() throws Exception {
    try (JobHarness job = begin()) {
      job.watermark(NOON);

      assertThatThrownBy(() -> job.give(paid("t1", "ann", "x", NOON, 5)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Account ann got an event of 2024-05-01T12:00:00Z, but the watermark is"
                  + " 2024-05-01T12:00:00Z already; late events must be kept from the job");
      assertThatThrownBy(() -> job.give(amountAbove(1, NOON)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Rule large got an event of 2024-05-01T12:00:00Z");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSavepointGoesOnOnTheOtherBackend(StateBackend backend) throws Exception {
    StateBackend other =
        backend instanceof HashMapStateBackend
            ? new EmbeddedRocksDBStateBackend()
            : new HashMapStateBackend();
    Map<String, OperatorSubtaskState> savepoint;
    try (JobHarness job = JobHarness.begin(backend, NO_BUILTIN)) {
      job.give(
          amountAbove(9, NOON),
          countAbove("terminal", NOON),
          suspected("7d", NOON),
          paid("t1", "ann", "x", NOON, 5));
      savepoint = job.savepoint();
    }

    try (JobHarness job = JobHarness.restore(other, NO_BUILTIN, sent -> true, savepoint)) {
      List<Transaction> more = new ArrayList<>();
      more.add(paid("t1", "ann", "x", NOON, 5));
      more.add(paid("t2", "bob", "x", NOON + HOUR - 1, 10));
      job.give(more.toArray(Transaction[]::new));
      job.give(fraud("t1", "ann", NOON + 1)).barrier();

      assertThat(job.alerts())
          .containsExactly(
              "t2 busy: count 2 of the terminal within 1h, above 1",
              "t2 large: amount 10, above 9",
              "t2" + SUSPICION);
      assertThat(job.tables().get("terminal_daily").values())
          .containsExactly(List.of("x", NOON / DAY, 2L, 15L, 3L));
    }
  }
}
