package io.kappa.jobs.featurelog;

import java.util.Arrays;

/**
 * What was said of a transaction, in the order of event time. Two arrays, as that's the smallest
 * form of a list of pairs on disk.
 *
 * @param ats when it was said, in milliseconds, ascending, each moment once
 * @param fraud what was said
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record Labels(long[] ats, boolean[] fraud) {

  static final Labels NONE = new Labels(new long[0], new boolean[0]);

  boolean isEmpty() {
    return ats.length == 0;
  }

  /** Whether one more wouldn't change anything: a copy, or less than is known of that moment. */
  boolean says(long at, boolean isFraud) {
    int found = Arrays.binarySearch(ats, at);
    return found >= 0 && (fraud[found] || !isFraud);
  }

  /** With one more. Of two at one moment, fraud counts, whichever is read first. */
  Labels with(long at, boolean isFraud) {
    if (says(at, isFraud)) {
      return this;
    }
    int found = Arrays.binarySearch(ats, at);
    if (found >= 0) {
      return replaced(found);
    }
    int place = -found - 1;
    long[] newAts = new long[ats.length + 1];
    boolean[] newFraud = new boolean[ats.length + 1];
    System.arraycopy(ats, 0, newAts, 0, place);
    System.arraycopy(fraud, 0, newFraud, 0, place);
    newAts[place] = at;
    newFraud[place] = isFraud;
    System.arraycopy(ats, place, newAts, place + 1, ats.length - place);
    System.arraycopy(fraud, place, newFraud, place + 1, ats.length - place);
    return new Labels(newAts, newFraud);
  }

  private Labels replaced(int place) {
    boolean[] changed = fraud.clone();
    changed[place] = true;
    return new Labels(ats, changed);
  }

  /** Those that count for a transaction of that time. */
  Labels counting(long transactionAt, Terms terms) {
    int from = 0;
    while (from < ats.length && ats[from] < transactionAt) {
      from++;
    }
    int to = ats.length;
    while (to > from && !terms.counts(transactionAt, ats[to - 1])) {
      to--;
    }
    return new Labels(Arrays.copyOfRange(ats, from, to), Arrays.copyOfRange(fraud, from, to));
  }

  /** Whether anything was known by then. */
  boolean knownBy(long at) {
    return ats.length > 0 && ats[0] <= at;
  }

  /** Whether the last that was said by then is fraud. */
  boolean fraudBy(long at) {
    int found = Arrays.binarySearch(ats, at);
    int last = found >= 0 ? found : -found - 2;
    return last >= 0 && fraud[last];
  }

  long lastAt() {
    return ats[ats.length - 1];
  }

  boolean lastFraud() {
    return fraud[fraud.length - 1];
  }
}
