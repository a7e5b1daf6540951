package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Totals;

/**
 * What one day of an account or terminal holds.
 *
 * @param confirmed how many confirmations begin on it
 */
record DayTotals(Totals payments, int confirmed) {

  static final DayTotals NONE = new DayTotals(Totals.NONE, 0);

  DayTotals withPayment(long cents) {
    return new DayTotals(payments.plus(new Totals(1, cents)), confirmed);
  }

  DayTotals withConfirmation() {
    return new DayTotals(payments, confirmed + 1);
  }
}
