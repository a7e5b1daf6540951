package io.kappa.jobs.frauddetection;

import static io.kappa.jobs.frauddetection.Given.DAY;
import static io.kappa.jobs.frauddetection.Given.HOUR;
import static io.kappa.jobs.frauddetection.Given.NOON;
import static io.kappa.jobs.frauddetection.Given.SUSPICION;
import static io.kappa.jobs.frauddetection.Given.amountAbove;
import static io.kappa.jobs.frauddetection.Given.begin;
import static io.kappa.jobs.frauddetection.Given.countAbove;
import static io.kappa.jobs.frauddetection.Given.fraud;
import static io.kappa.jobs.frauddetection.Given.paid;
import static io.kappa.jobs.frauddetection.Given.suspected;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** What is found, by scenario, through all operators of the job. */
class ScenariosTest {

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
}
