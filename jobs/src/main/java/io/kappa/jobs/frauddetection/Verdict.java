package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;

/**
 * All that the rules of one scope find in a payment, as far as is known; takes the place of the
 * verdict before.
 *
 * @param findings in the order of the rules' ids; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record Verdict(Payment payment, Scope scope, Finding[] findings) {}
