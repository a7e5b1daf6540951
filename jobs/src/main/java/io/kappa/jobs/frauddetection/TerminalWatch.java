package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;
import io.kappa.jobs.frauddetection.rules.Wording;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Holds payments against the rules on terminals. */
final class TerminalWatch extends Watch<TerminalEvent> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<DayShare> SHARES =
      new OutputTag<>("terminal-shares", TypeInformation.of(DayShare.class));

  TerminalWatch(Horizons horizons, List<Wording> builtin) {
    super(Scope.TERMINAL, horizons, builtin);
  }

  @Override
  public void processElement1(StreamRecord<TerminalEvent> element) throws Exception {
    TerminalEvent event = element.getValue();
    if (event.payment() == null) {
      confirm(event.terminalId(), event.confirmation());
    } else {
      pay(event.payment());
    }
  }

  private void pay(Payment payment) throws Exception {
    requireOngoing(payment.at(), "Terminal " + payment.terminalId());
    output.collect(SHARES, new StreamRecord<>(DayShare.of(payment.terminalId(), payment)));
    await(payment.terminalId(), payment);
  }

  private void confirm(String terminalId, Confirmation confirmation) throws Exception {
    requireOngoing(confirmation.since(), "Terminal " + terminalId);
    // A new end of one that lies so far back changes nothing for any payment to come.
    if (!isFreed(confirmation.from())) {
      await(terminalId, confirmation);
    }
  }
}
