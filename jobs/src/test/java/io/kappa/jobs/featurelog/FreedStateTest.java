package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is left of an account and a terminal when the watermark has passed. */
class FreedStateTest {

  private static final long DAY = 86_400_000L;
  private static final long AT = 100 * DAY;
  private static final Terms TERMS = new Terms(10 * DAY, 0);
  private static final Transaction PAID = new Transaction("x", "ann", "t1", 5, "EUR", AT);

  private static Set<String> state(AbstractStreamOperator<?> operator, String... names) {
    KeyedStateBackend<String> backend = operator.getKeyedStateBackend();
    Set<String> left = new TreeSet<>();
    for (String name : names) {
      try (Stream<Tuple2<String, Object>> keys = backend.getKeysAndNamespaces(name)) {
        keys.forEach(key -> left.add(name));
      }
    }
    return left;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Transaction, Label, ToTerminal>
      harness(Accounts accounts) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Transaction, Label, ToTerminal> flinks =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            accounts, Transaction::accountId, Label::accountId, Types.STRING);
    flinks.open();
    return flinks;
  }

  @Test
  void anAccountForgetsATransactionWhenItIsInNoWindowThatCanStillCome() throws Exception {
    Accounts accounts = new Accounts(TERMS);
    try (var flinks = harness(accounts)) {
      flinks.processElement1(new StreamRecord<>(PAID));
      flinks.processElement2(new StreamRecord<>(new Label("x", "ann", true, AT + DAY)));
      watermark(flinks, AT + 40 * DAY);
      assertThat(state(accounts, "days", "known")).containsExactly("days", "known");

      watermark(flinks, AT + 41 * DAY);

      assertThat(state(accounts, "days", "known")).isEmpty();
      assertThat(flinks.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anAccountForgetsALabelForWhichNoTransactionCanComeAnyMore() throws Exception {
    Accounts accounts = new Accounts(TERMS);
    try (var flinks = harness(accounts)) {
      flinks.processElement2(new StreamRecord<>(new Label("y", "ann", true, AT)));
      watermark(flinks, AT - 1);
      assertThat(state(accounts, "known")).containsExactly("known");

      watermark(flinks, AT);

      assertThat(state(accounts, "days", "known", "newest-example")).isEmpty();
    }
  }

  @Test
  void aTerminalForgetsADayLikewise() throws Exception {
    Terminals terminals = new Terminals(TERMS);
    try (KeyedOneInputStreamOperatorTestHarness<String, ToTerminal, TrainingExample> flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            terminals, ToTerminal::terminalId, Types.STRING)) {
      flinks.open();
      flinks.processElement(
          new StreamRecord<>(ToTerminal.of(new Sale("x", "ann", "t1", AT, 5, "EUR"))));
      flinks.processWatermark(AT + 40 * DAY);
      assertThat(state(terminals, "days")).containsExactly("days");

      flinks.processWatermark(AT + 41 * DAY);

      assertThat(state(terminals, "days", "newest-example")).isEmpty();
      assertThat(flinks.numEventTimeTimers()).isZero();
    }
  }

  private static void watermark(
      KeyedTwoInputStreamOperatorTestHarness<String, Transaction, Label, ToTerminal> flinks,
      long at)
      throws Exception {
    flinks.processWatermark1(new Watermark(at));
    flinks.processWatermark2(new Watermark(at));
  }
}
