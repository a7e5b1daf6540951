package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Label;
import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;
import io.kappa.jobs.frauddetection.rules.Wording;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Holds payments against the rules on accounts. On the way it lets each payment through once, and
 * tells terminals which of their payments turned out to be fraud, as labels name only the account.
 */
final class AccountWatch extends Watch<AccountEvent> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<TerminalEvent> TERMINAL_EVENTS =
      new OutputTag<>("terminal-events", TypeInformation.of(TerminalEvent.class));
  static final OutputTag<DayShare> SHARES =
      new OutputTag<>("account-shares", TypeInformation.of(DayShare.class));
  static final String DOSSIERS = "dossiers";

  private transient MapState<String, Dossier> dossiers;
  private transient InternalTimerService<String> labelTimers;
  private transient Counter copies;

  AccountWatch(Horizons horizons, List<Wording> builtin) {
    super(Scope.ACCOUNT, horizons, builtin);
  }

  @Override
  public void open() throws Exception {
    super.open();
    dossiers =
        getPartitionedState(
            new MapStateDescriptor<>(DOSSIERS, Types.STRING, TypeInformation.of(Dossier.class)));
    labelTimers = getInternalTimerService("labels", StringSerializer.INSTANCE, new ForgetsLabels());
    copies = getMetricGroup().counter("copies");
  }

  @Override
  public void processElement1(StreamRecord<AccountEvent> element) throws Exception {
    AccountEvent event = element.getValue();
    if (event.payment() == null) {
      label(event.label());
    } else {
      pay(event.payment());
    }
  }

  private void pay(Payment payment) throws Exception {
    requireOngoing(payment.at(), "Account " + payment.accountId());
    Dossier dossier = dossier(payment.transactionId());
    if (dossier.isTaken(payment.at(), horizons().label())) {
      copies.inc();
      return;
    }
    Dossier after = dossier.withPayment(payment.at(), payment.terminalId());
    dossiers.put(payment.transactionId(), after);
    output.collect(TERMINAL_EVENTS, new StreamRecord<>(TerminalEvent.of(payment)));
    output.collect(SHARES, new StreamRecord<>(DayShare.of(payment.accountId(), payment)));
    int place = after.paidAt().length - 1;
    for (Dossier.Confirmed confirmed : after.confirmed(place, horizons().label())) {
      confirm(
          payment.accountId(), payment.transactionId(), after, place, confirmed, confirmed.from());
    }
    await(payment.accountId(), payment);
  }

  private void label(Label label) throws Exception {
    requireOngoing(label.at(), "Account " + label.accountId());
    Dossier before = dossier(label.transactionId());
    if (before.hasLabel(label.at(), label.fraud())) {
      copies.inc();
      return;
    }
    Dossier after = before.withLabel(label.at(), label.fraud());
    dossiers.put(label.transactionId(), after);
    int place = after.paymentOf(label.at(), horizons().label());
    if (place < 0) {
      labelTimers.registerEventTimeTimer(label.transactionId(), label.at());
      return;
    }
    List<Dossier.Confirmed> changed = new ArrayList<>(after.confirmed(place, horizons().label()));
    changed.removeAll(before.confirmed(place, horizons().label()));
    for (Dossier.Confirmed confirmed : changed) {
      confirm(label.accountId(), label.transactionId(), after, place, confirmed, label.at());
    }
  }

  private void confirm(
      String accountId,
      String transactionId,
      Dossier dossier,
      int place,
      Dossier.Confirmed confirmed,
      long since) {
    Confirmation confirmation =
        new Confirmation(transactionId, accountId, confirmed.from(), confirmed.until(), since);
    output.collect(
        TERMINAL_EVENTS,
        new StreamRecord<>(TerminalEvent.of(dossier.terminalIds()[place], confirmation)));
  }

  private Dossier dossier(String transactionId) throws Exception {
    Dossier dossier = dossiers.get(transactionId);
    return dossier == null ? Dossier.NONE : dossier;
  }

  @Override
  void freed(PaymentDay payments, long reached) throws Exception {
    for (String transactionId : payments.transactionIds()) {
      shorten(transactionId, reached);
    }
  }

  private void shorten(String transactionId, long reached) throws Exception {
    Dossier left = dossier(transactionId).after(reached, horizons().label());
    if (left.isEmpty()) {
      dossiers.remove(transactionId);
    } else {
      dossiers.put(transactionId, left);
    }
  }

  /** No payment that a label waited for can come any more. */
  private final class ForgetsLabels implements Triggerable<String, String> {

    @Override
    public void onEventTime(InternalTimer<String, String> timer) throws Exception {
      shorten(timer.getNamespace(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, String> timer) {
      throw new IllegalStateException("No timer of processing time is ever set here");
    }
  }
}
