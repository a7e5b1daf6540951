package io.kappa.jobs.featurelog;

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
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Adds what was known of a terminal to each transaction at it that was judged. */
final class Terminals extends AbstractStreamOperator<TrainingExample>
    implements OneInputStreamOperator<ToTerminal, TrainingExample> {

  private final Terms terms;
  private transient MapState<Integer, TerminalSale[]> days;
  private transient ValueState<Long> newestExample;
  private transient InternalTimerService<Integer> dayTimers;

  Terminals(Terms terms) {
    this.terms = terms;
  }

  @Override
  public void open() throws Exception {
    super.open();
    days =
        getPartitionedState(
            new MapStateDescriptor<>("days", Types.INT, TypeInformation.of(TerminalSale[].class)));
    newestExample = getPartitionedState(new ValueStateDescriptor<>("newest-example", Types.LONG));
    dayTimers =
        getInternalTimerService(
            "days", IntSerializer.INSTANCE, new Timers<String, Integer>(this::forgetDay));
  }

  @Override
  public void processElement(StreamRecord<ToTerminal> element) throws Exception {
    ToTerminal told = element.getValue();
    if (told.sale() != null) {
      add(told.sale());
    } else {
      judge(told.example(), told.labels());
    }
  }

  private void add(Sale sale) throws Exception {
    int day = Days.of(sale.at());
    TerminalSale[] sales = days.get(day);
    if (sales == null) {
      dayTimers.registerEventTimeTimer(day, Days.last(day) + terms.terminalKeeps());
      sales = new TerminalSale[0];
    }
    TerminalSale[] more = Arrays.copyOf(sales, sales.length + 1);
    more[sales.length] = new TerminalSale(sale.transactionId(), sale.at(), Labels.NONE, null);
    days.put(day, more);
    sendAfter(sale.at(), Long.MIN_VALUE);
  }

  private void judge(Example example, Labels labels) throws Exception {
    Sale sale = example.sale();
    int day = Days.of(sale.at());
    TerminalSale[] sales = days.get(day).clone();
    for (int i = 0; i < sales.length; i++) {
      if (sales[i].transactionId().equals(sale.transactionId()) && sales[i].at() == sale.at()) {
        sales[i] = new TerminalSale(sale.transactionId(), sale.at(), labels, example);
        days.put(day, sales);
        send(sales[i], between(earliest(sale.at()), sale.at()));
      }
    }
    Long newest = newestExample.value();
    if (newest == null || newest < sale.at()) {
      newestExample.update(sale.at());
    }
    sendAfter(sale.at(), labels.ats()[0]);
  }

  /**
   * Sends the examples anew in whose windows a transaction may be.
   *
   * @param from but not those before this moment, who can't have known what changed
   */
  private void sendAfter(long at, long from) throws Exception {
    Long newest = newestExample.value();
    long first = Math.max(at + 1, from);
    if (newest == null || newest < first) {
      return;
    }
    long last = at + Terms.LONGEST + terms.delay();
    List<TerminalSale> around = between(earliest(first), last);
    for (TerminalSale later : around) {
      if (later.example() != null && later.at() >= first) {
        send(later, around);
      }
    }
  }

  private long earliest(long at) {
    return at - terms.delay() - Terms.LONGEST;
  }

  private void send(TerminalSale judged, List<TerminalSale> around) {
    output.collect(
        new StreamRecord<>(
            TrainingExample.of(
                judged.example(),
                TerminalFeatures.of(judged.at(), around, terms.delay()),
                judged.labels())));
  }

  private List<TerminalSale> between(long from, long to) throws Exception {
    List<TerminalSale> sales = new ArrayList<>();
    for (int day = Days.of(from); day <= Days.of(to); day++) {
      TerminalSale[] some = days.get(day);
      for (int i = 0; some != null && i < some.length; i++) {
        if (some[i].at() >= from && some[i].at() <= to) {
          sales.add(some[i]);
        }
      }
    }
    return sales;
  }

  /**
   * None of that day is in a window of a transaction that can come, nor can a label of it count.
   */
  private void forgetDay(InternalTimer<String, Integer> timer) throws Exception {
    days.remove(timer.getNamespace());
  }
}
