package io.kappa.jobs.frauddetection;

import static io.kappa.jobs.frauddetection.Given.DAY;
import static io.kappa.jobs.frauddetection.Given.HOUR;
import static io.kappa.jobs.frauddetection.Given.NOON;
import static io.kappa.jobs.frauddetection.Given.NO_BUILTIN;
import static io.kappa.jobs.frauddetection.Given.SUSPICION;
import static io.kappa.jobs.frauddetection.Given.amountAbove;
import static io.kappa.jobs.frauddetection.Given.begin;
import static io.kappa.jobs.frauddetection.Given.countAbove;
import static io.kappa.jobs.frauddetection.Given.fraud;
import static io.kappa.jobs.frauddetection.Given.paid;
import static io.kappa.jobs.frauddetection.Given.suspected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import io.kappa.common.job.Change;
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

/** When it is judged, and what is kept until when, through all operators of the job. */
class StateTest {

  static Stream<Named<StateBackend>> backends() {
    return Stream.of(
        Named.of("heap", new HashMapStateBackend()),
        Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
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
