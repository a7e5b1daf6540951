package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.jobs.frauddetection.rules.Payment;

/**
 * What happened to an account: it paid, or somebody found out about a payment.
 *
 * @param payment {@code null} where it's a label
 * @param label {@code null} where it's a payment
 */
public record AccountEvent(String accountId, Payment payment, Label label) {

  static AccountEvent of(Transaction transaction) {
    return new AccountEvent(
        transaction.accountId(),
        new Payment(
            transaction.transactionId(),
            transaction.accountId(),
            transaction.terminalId(),
            transaction.at(),
            transaction.amountCents()),
        null);
  }

  static AccountEvent of(Label label) {
    return new AccountEvent(label.accountId(), null, label);
  }
}
