package io.kappa.jobs.frauddetection;

/** State of one day of a terminal: the confirmations that begin on it, place by place. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record ConfirmedDay(
    long[] from, long[] until, String[] transactionIds, String[] accountIds) {

  static final ConfirmedDay NONE =
      new ConfirmedDay(new long[0], new long[0], new String[0], new String[0]);
}
