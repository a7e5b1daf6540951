package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;

/**
 * What something adds to the day of an account or terminal; less alerts are negative.
 *
 * @param day days since the epoch
 */
public record DayShare(String id, int day, long transactions, long amountCents, long alerts) {

  static DayShare of(String id, Payment payment) {
    return new DayShare(id, Days.of(payment.at()), 1, payment.amountCents(), 0);
  }

  static DayShare alerts(String id, long at, long alerts) {
    return new DayShare(id, Days.of(at), 0, 0, alerts);
  }

  DayShare plus(DayShare other) {
    return new DayShare(
        id,
        day,
        transactions + other.transactions,
        amountCents + other.amountCents,
        alerts + other.alerts);
  }
}
