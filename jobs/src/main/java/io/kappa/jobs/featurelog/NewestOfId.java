package io.kappa.jobs.featurelog;

import io.kappa.common.job.Change;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets one transaction have the row of an id. Ids name transactions, so there is one; where two
 * accounts use the same, the later transaction has it, at the same time the account that comes
 * first.
 */
final class NewestOfId
    extends KeyedProcessFunction<String, TrainingExample, Change<TrainingExample>> {

  private final Terms terms;
  private transient ValueState<Long> at;
  private transient ValueState<String> account;

  NewestOfId(Terms terms) {
    this.terms = terms;
  }

  @Override
  public void open(OpenContext context) {
    at = getRuntimeContext().getState(new ValueStateDescriptor<>("at", Types.LONG));
    account = getRuntimeContext().getState(new ValueStateDescriptor<>("account", Types.STRING));
  }

  @Override
  public void processElement(
      TrainingExample row, Context context, Collector<Change<TrainingExample>> out)
      throws Exception {
    Long before = at.value();
    Sale sale = row.sale();
    if (before != null && isOvershadowed(sale, before)) {
      return;
    }
    if (before == null || before != sale.at()) {
      at.update(sale.at());
      // Until then its labels can come, and those of an earlier one with its id.
      context.timerService().registerEventTimeTimer(sale.at() + terms.labelHorizon());
    }
    account.update(sale.accountId());
    out.collect(Change.upsert(row));
  }

  private boolean isOvershadowed(Sale sale, long before) throws Exception {
    return before > sale.at()
        || (before == sale.at() && account.value().compareTo(sale.accountId()) < 0);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Change<TrainingExample>> out)
      throws Exception {
    Long current = at.value();
    if (current != null && current + terms.labelHorizon() <= time) {
      at.clear();
      account.clear();
    }
  }
}
