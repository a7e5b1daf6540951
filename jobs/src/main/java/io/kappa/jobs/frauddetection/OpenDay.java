package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Totals;
import java.util.Arrays;

/** The payments of a day while they are being worked on, between two writes of their state. */
final class OpenDay {

  private long[] at;
  private long[] cents;
  private String[] transactionIds;
  private String[] others;
  private boolean[] alerted;
  private int size;
  private boolean changed;

  /** Sums of the first so many amounts; {@code null} until somebody asks. */
  private long[] sums;

  OpenDay(PaymentDay state) {
    at = state.at();
    cents = state.cents();
    transactionIds = state.transactionIds();
    others = state.others();
    alerted = state.alerted();
    size = at.length;
  }

  boolean isChanged() {
    return changed;
  }

  /** The state as it has to be written; shares nothing that changes later. */
  PaymentDay state() {
    return new PaymentDay(
        Arrays.copyOf(at, size),
        Arrays.copyOf(cents, size),
        Arrays.copyOf(transactionIds, size),
        Arrays.copyOf(others, size),
        Arrays.copyOf(alerted, size));
  }

  int size() {
    return size;
  }

  long at(int i) {
    return at[i];
  }

  long cents(int i) {
    return cents[i];
  }

  String transactionId(int i) {
    return transactionIds[i];
  }

  String other(int i) {
    return others[i];
  }

  boolean isAlerted(int i) {
    return alerted[i];
  }

  void setAlerted(int i, boolean now) {
    if (alerted[i] != now) {
      own(at.length);
      alerted[i] = now;
    }
  }

  void add(long moment, long amount, String transactionId, String other) {
    int place = size;
    while (place > 0 && isBehind(place - 1, moment, transactionId, other)) {
      place--;
    }
    own(size == at.length ? Math.max(4, size + size / 2) : at.length);
    System.arraycopy(at, place, at, place + 1, size - place);
    System.arraycopy(cents, place, cents, place + 1, size - place);
    System.arraycopy(transactionIds, place, transactionIds, place + 1, size - place);
    System.arraycopy(others, place, others, place + 1, size - place);
    System.arraycopy(alerted, place, alerted, place + 1, size - place);
    at[place] = moment;
    cents[place] = amount;
    transactionIds[place] = transactionId;
    others[place] = other;
    alerted[place] = false;
    size++;
    sums = null;
  }

  private boolean isBehind(int i, long moment, String transactionId, String other) {
    if (at[i] != moment) {
      return at[i] > moment;
    }
    int order = transactionIds[i].compareTo(transactionId);
    return order > 0 || (order == 0 && others[i].compareTo(other) > 0);
  }

  /** The arrays of the state are somebody else's. */
  private void own(int room) {
    if (changed && room == at.length) {
      return;
    }
    at = Arrays.copyOf(at, room);
    cents = Arrays.copyOf(cents, room);
    transactionIds = Arrays.copyOf(transactionIds, room);
    others = Arrays.copyOf(others, room);
    alerted = Arrays.copyOf(alerted, room);
    changed = true;
  }

  /** How many payments there are up to a moment, that moment included. */
  int upTo(long moment) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at[middle] <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What was paid with {@code after < at <= upTo}. */
  Totals totals(long after, long upTo) {
    int first = upTo(after);
    int behind = Math.max(first, upTo(upTo));
    if (sums == null) {
      sums = new long[size + 1];
      for (int i = 0; i < size; i++) {
        sums[i + 1] = sums[i] + cents[i];
      }
    }
    return new Totals(behind - first, sums[behind] - sums[first]);
  }
}
