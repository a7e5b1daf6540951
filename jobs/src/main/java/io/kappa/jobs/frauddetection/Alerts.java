package io.kappa.jobs.frauddetection;

import io.kappa.common.job.Change;
import io.kappa.jobs.frauddetection.rules.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes the rows of {@code alerts} from what rules on accounts and rules on terminals find, by
 * transaction; a rule may move from one scope to the other. Forgets a transaction when the
 * watermark has reached it, as nothing that any rule finds in it can change from then on.
 */
final class Alerts extends KeyedProcessFunction<String, Verdict, Change<Alert>> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<DayShare> ACCOUNT_SHARES =
      new OutputTag<>("alerts-of-accounts", TypeInformation.of(DayShare.class));
  static final OutputTag<DayShare> TERMINAL_SHARES =
      new OutputTag<>("alerts-of-terminals", TypeInformation.of(DayShare.class));
  static final String VERDICTS = "verdicts";

  /** Which verdict counts where two name the same rule: the last in this order. */
  private static final Comparator<Verdict> ORDER =
      Comparator.comparingLong((Verdict verdict) -> verdict.payment().at())
          .thenComparing(verdict -> verdict.payment().accountId())
          .thenComparing(Verdict::scope);

  private transient MapState<Claim, Verdict> verdicts;

  @Override
  public void open(OpenContext context) {
    verdicts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    VERDICTS, TypeInformation.of(Claim.class), TypeInformation.of(Verdict.class)));
  }

  @Override
  public void processElement(Verdict verdict, Context context, Collector<Change<Alert>> out)
      throws Exception {
    requireOngoing(verdict.payment(), context.timerService().currentWatermark());
    Map<String, Alert> before = alerts();
    if (verdict.findings().length == 0) {
      verdicts.remove(Claim.of(verdict));
    } else {
      verdicts.put(Claim.of(verdict), verdict);
      context.timerService().registerEventTimeTimer(verdict.payment().at());
    }
    Map<String, Alert> after = alerts();
    for (Alert alert : before.values()) {
      if (!after.containsKey(alert.ruleId())) {
        out.collect(Change.delete(alert));
        count(alert, -1, context);
      }
    }
    for (Alert alert : after.values()) {
      Alert old = before.get(alert.ruleId());
      if (!alert.equals(old)) {
        out.collect(Change.upsert(alert));
        recount(old, alert, context);
      }
    }
  }

  private static void requireOngoing(Payment payment, long watermark) {
    if (payment.at() <= watermark) {
      throw new IllegalStateException(
          "Transaction %s got a verdict, but the watermark %s has passed it already"
              .formatted(payment.transactionId(), Instant.ofEpochMilli(watermark)));
    }
  }

  private static void recount(Alert old, Alert alert, Context context) {
    if (old != null) {
      count(old, -1, context);
    }
    count(alert, 1, context);
  }

  private static void count(Alert alert, long alerts, Context context) {
    context.output(ACCOUNT_SHARES, DayShare.alerts(alert.accountId(), alert.at(), alerts));
    context.output(TERMINAL_SHARES, DayShare.alerts(alert.terminalId(), alert.at(), alerts));
  }

  /** The transaction's rows, by rule. */
  private Map<String, Alert> alerts() throws Exception {
    List<Verdict> all = new ArrayList<>();
    verdicts.values().forEach(all::add);
    all.sort(ORDER);
    Map<String, Alert> alerts = new TreeMap<>();
    for (Verdict verdict : all) {
      for (Finding finding : verdict.findings()) {
        alerts.put(finding.ruleId(), alert(verdict.payment(), finding));
      }
    }
    return alerts;
  }

  private static Alert alert(Payment payment, Finding finding) {
    return new Alert(
        payment.transactionId(),
        finding.ruleId(),
        payment.accountId(),
        payment.terminalId(),
        payment.at(),
        payment.amountCents(),
        finding.reason());
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Change<Alert>> out)
      throws Exception {
    List<Claim> over = new ArrayList<>();
    for (Claim claim : verdicts.keys()) {
      if (claim.at() <= time) {
        over.add(claim);
      }
    }
    for (Claim claim : over) {
      verdicts.remove(claim);
    }
  }
}
