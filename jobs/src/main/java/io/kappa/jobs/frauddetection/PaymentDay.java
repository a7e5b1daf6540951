package io.kappa.jobs.frauddetection;

/**
 * State of one day of an account or terminal: its payments, in the order of time, then of ids.
 * Arrays, as they are the smallest form on disk.
 *
 * @param others for an account the terminals, for a terminal the accounts, place by place
 * @param alerted whether the last verdict that was sent found something
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record PaymentDay(
    long[] at, long[] cents, String[] transactionIds, String[] others, boolean[] alerted) {

  static final PaymentDay NONE =
      new PaymentDay(new long[0], new long[0], new String[0], new String[0], new boolean[0]);
}
