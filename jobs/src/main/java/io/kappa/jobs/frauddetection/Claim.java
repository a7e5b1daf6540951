package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;

/** Who says something on a transaction id: the rules of a scope, on a payment of an account. */
public record Claim(String accountId, long at, Scope scope) {

  static Claim of(Verdict verdict) {
    Payment payment = verdict.payment();
    return new Claim(payment.accountId(), payment.at(), verdict.scope());
  }
}
