package io.kappa.jobs.featurelog;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Joins an account's transactions with its labels, whichever is read first, and tells terminals of
 * both, with the account's features of each transaction that was judged.
 */
final class Accounts extends AbstractStreamOperator<ToTerminal>
    implements TwoInputStreamOperator<Transaction, Label, ToTerminal> {

  private final Terms terms;
  private transient MapState<Integer, Sale[]> days;
  private transient MapState<String, KnownSale> known;
  private transient ValueState<Long> newestExample;
  private transient InternalTimerService<Integer> dayTimers;
  private transient InternalTimerService<String> labelTimers;

  Accounts(Terms terms) {
    this.terms = terms;
  }

  @Override
  public void open() throws Exception {
    super.open();
    days =
        getPartitionedState(
            new MapStateDescriptor<>("days", Types.INT, TypeInformation.of(Sale[].class)));
    known =
        getPartitionedState(
            new MapStateDescriptor<>("known", Types.STRING, TypeInformation.of(KnownSale.class)));
    newestExample = getPartitionedState(new ValueStateDescriptor<>("newest-example", Types.LONG));
    dayTimers =
        getInternalTimerService(
            "days", IntSerializer.INSTANCE, new Timers<String, Integer>(this::forgetDay));
    labelTimers =
        getInternalTimerService(
            "labels", StringSerializer.INSTANCE, new Timers<String, String>(this::forgetLabels));
  }

  @Override
  public void processElement1(StreamRecord<Transaction> element) throws Exception {
    Transaction read = element.getValue();
    KnownSale before = orNothing(known.get(read.transactionId()));
    // An id that comes again while the first is needed is a copy, or a contradiction: the first
    // counts.
    if (before.sale() != null && read.at() <= before.sale().at() + terms.accountKeeps()) {
      return;
    }
    Sale sale =
        new Sale(
            read.transactionId(),
            read.accountId(),
            read.terminalId(),
            read.at(),
            read.amountCents(),
            read.currency());
    known.put(sale.transactionId(), before.with(sale));
    int day = Days.of(sale.at());
    Sale[] sales = days.get(day);
    if (sales == null) {
      dayTimers.registerEventTimeTimer(day, Days.last(day) + terms.accountKeeps());
      sales = new Sale[0];
    }
    Sale[] more = Arrays.copyOf(sales, sales.length + 1);
    more[sales.length] = sale;
    days.put(day, more);
    output.collect(new StreamRecord<>(ToTerminal.of(sale)));
    sendExample(sale, before.labels());
    sendExamplesAfter(sale);
  }

  @Override
  public void processElement2(StreamRecord<Label> element) throws Exception {
    Label label = element.getValue();
    KnownSale before = orNothing(known.get(label.transactionId()));
    if (before.labels().says(label.at(), label.fraud())) {
      return;
    }
    Labels labels = before.labels().with(label.at(), label.fraud());
    known.put(label.transactionId(), before.with(labels));
    labelTimers.registerEventTimeTimer(label.transactionId(), label.at());
    Sale sale = before.sale();
    if (sale != null && terms.counts(sale.at(), label.at())) {
      sendExample(sale, labels);
    }
  }

  private void sendExample(Sale sale, Labels labels) throws Exception {
    Labels counting = labels.counting(sale.at(), terms);
    if (counting.isEmpty()) {
      return;
    }
    Long newest = newestExample.value();
    if (newest == null || newest < sale.at()) {
      newestExample.update(sale.at());
    }
    AccountFeatures features =
        AccountFeatures.of(sale, between(sale.at() - Terms.LONGEST, sale.at()));
    output.collect(new StreamRecord<>(ToTerminal.of(new Example(sale, features), counting)));
  }

  /** A transaction that is read late changes the features of those after it. */
  private void sendExamplesAfter(Sale sale) throws Exception {
    Long newest = newestExample.value();
    if (newest == null || newest <= sale.at()) {
      return;
    }
    for (Sale later : between(sale.at() + 1, sale.at() + Terms.LONGEST)) {
      KnownSale its = known.get(later.transactionId());
      if (its != null) {
        sendExample(later, its.labels());
      }
    }
  }

  /** The account's sales of the days from one moment to another. */
  private List<Sale> between(long from, long to) throws Exception {
    List<Sale> sales = new ArrayList<>();
    for (int day = Days.of(from); day <= Days.of(to); day++) {
      Sale[] some = days.get(day);
      for (int i = 0; some != null && i < some.length; i++) {
        if (some[i].at() >= from && some[i].at() <= to) {
          sales.add(some[i]);
        }
      }
    }
    return sales;
  }

  private static KnownSale orNothing(KnownSale sale) {
    return sale == null ? KnownSale.NOTHING : sale;
  }

  /**
   * None of that day is in a window of a transaction that can come, nor can a label of it count.
   */
  private void forgetDay(InternalTimer<String, Integer> timer) throws Exception {
    Sale[] sales = days.get(timer.getNamespace());
    for (int i = 0; sales != null && i < sales.length; i++) {
      KnownSale its = known.get(sales[i].transactionId());
      if (its != null && sales[i].equals(its.sale())) {
        known.remove(sales[i].transactionId());
      }
    }
    days.remove(timer.getNamespace());
  }

  /** A transaction of before the label can't come any more. */
  private void forgetLabels(InternalTimer<String, String> timer) throws Exception {
    KnownSale its = known.get(timer.getNamespace());
    if (its == null || its.sale() != null) {
      return;
    }
    if (its.labels().lastAt() <= timer.getTimestamp()) {
      known.remove(timer.getNamespace());
    }
  }
}
