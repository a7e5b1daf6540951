package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;
import java.util.ArrayList;
import java.util.List;

/** What came for an account or terminal and isn't in its history yet. */
final class Pending {

  private final List<Payment> payments = new ArrayList<>();
  private final List<Confirmation> confirmations = new ArrayList<>();
  private long since = Long.MAX_VALUE;

  void add(Payment payment) {
    payments.add(payment);
    since = Math.min(since, payment.at());
  }

  void add(Confirmation confirmation) {
    confirmations.add(confirmation);
    since = Math.min(since, confirmation.since());
  }

  List<Payment> payments() {
    return payments;
  }

  List<Confirmation> confirmations() {
    return confirmations;
  }

  /** The first moment at which a verdict may be another than before. */
  long since() {
    return since;
  }
}
