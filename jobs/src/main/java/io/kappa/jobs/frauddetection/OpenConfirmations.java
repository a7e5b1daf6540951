package io.kappa.jobs.frauddetection;

import java.util.Arrays;

/** The confirmations of a day while they are being worked on. */
final class OpenConfirmations {

  private long[] from;
  private long[] until;
  private String[] transactionIds;
  private String[] accountIds;
  private boolean changed;

  OpenConfirmations(ConfirmedDay state) {
    from = state.from();
    until = state.until();
    transactionIds = state.transactionIds();
    accountIds = state.accountIds();
  }

  boolean isChanged() {
    return changed;
  }

  /** The state as it has to be written. */
  ConfirmedDay state() {
    return new ConfirmedDay(from, until, transactionIds, accountIds);
  }

  /**
   * Takes a confirmation in, or the earlier end of one that is there.
   *
   * @return whether it's a new one
   */
  boolean add(Confirmation confirmation) {
    for (int i = 0; i < from.length; i++) {
      if (isSame(i, confirmation)) {
        until = Arrays.copyOf(until, until.length);
        until[i] = Math.min(until[i], confirmation.until());
        changed = true;
        return false;
      }
    }
    int last = from.length;
    from = Arrays.copyOf(from, last + 1);
    until = Arrays.copyOf(until, last + 1);
    transactionIds = Arrays.copyOf(transactionIds, last + 1);
    accountIds = Arrays.copyOf(accountIds, last + 1);
    from[last] = confirmation.from();
    until[last] = confirmation.until();
    transactionIds[last] = confirmation.transactionId();
    accountIds[last] = confirmation.accountId();
    changed = true;
    return true;
  }

  private boolean isSame(int i, Confirmation confirmation) {
    return from[i] == confirmation.from()
        && transactionIds[i].equals(confirmation.transactionId())
        && accountIds[i].equals(confirmation.accountId());
  }

  /** How many stand at a moment and began after another; no more than the limit are counted. */
  int standing(long after, long moment, int limit) {
    int standing = 0;
    for (int i = 0; i < from.length && standing < limit; i++) {
      boolean stands = from[i] > after && from[i] <= moment && until[i] > moment;
      standing += stands ? 1 : 0;
    }
    return standing;
  }
}
