package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;

/**
 * What happened at a terminal: somebody paid, or a payment turned out to be fraud.
 *
 * @param payment {@code null} where it's a confirmation
 * @param confirmation {@code null} where it's a payment
 */
public record TerminalEvent(String terminalId, Payment payment, Confirmation confirmation) {

  static TerminalEvent of(Payment payment) {
    return new TerminalEvent(payment.terminalId(), payment, null);
  }

  static TerminalEvent of(String terminalId, Confirmation confirmation) {
    return new TerminalEvent(terminalId, null, confirmation);
  }
}
