package io.kappa.jobs.frauddetection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * State of one transaction id of an account: the payments that bear it and the labels it got, in
 * whichever order they were read. There is more than one payment only if an id is used again after
 * the label horizon.
 *
 * <p>A label is a payment's if it comes at its time or later, and by the horizon at most. The
 * payments of one id are farther apart than that, so a label is of one at most.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record Dossier(long[] paidAt, String[] terminalIds, long[] labelledAt, boolean[] fraud) {

  static final Dossier NONE = new Dossier(new long[0], new String[0], new long[0], new boolean[0]);

  /** From one label that says fraud until the next label. */
  record Confirmed(long from, long until) {}

  boolean isEmpty() {
    return paidAt.length == 0 && labelledAt.length == 0;
  }

  /** Whether a payment of that time is a copy of one that is here, or contradicts it. */
  boolean isTaken(long at, long horizon) {
    return Arrays.stream(paidAt).anyMatch(paid -> Math.abs(paid - at) <= horizon);
  }

  Dossier withPayment(long at, String terminalId) {
    int last = paidAt.length;
    long[] times = Arrays.copyOf(paidAt, last + 1);
    String[] terminals = Arrays.copyOf(terminalIds, last + 1);
    times[last] = at;
    terminals[last] = terminalId;
    return new Dossier(times, terminals, labelledAt, fraud);
  }

  boolean hasLabel(long at, boolean isFraud) {
    return IntStream.range(0, labelledAt.length)
        .anyMatch(i -> labelledAt[i] == at && fraud[i] == isFraud);
  }

  Dossier withLabel(long at, boolean isFraud) {
    int last = labelledAt.length;
    long[] times = Arrays.copyOf(labelledAt, last + 1);
    boolean[] frauds = Arrays.copyOf(fraud, last + 1);
    times[last] = at;
    frauds[last] = isFraud;
    return new Dossier(paidAt, terminalIds, times, frauds);
  }

  /** The place of the payment that a label of that time is of; -1 if there is none. */
  int paymentOf(long label, long horizon) {
    for (int i = 0; i < paidAt.length; i++) {
      if (isOf(label, paidAt[i], horizon)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOf(long label, long paid, long horizon) {
    return label >= paid && label - paid <= horizon;
  }

  /** When a payment counted as fraud. Of two labels of the same moment the one that says so. */
  List<Confirmed> confirmed(int payment, long horizon) {
    TreeMap<Long, Boolean> labels = new TreeMap<>();
    for (int i = 0; i < labelledAt.length; i++) {
      if (isOf(labelledAt[i], paidAt[payment], horizon)) {
        labels.merge(labelledAt[i], fraud[i], Boolean::logicalOr);
      }
    }
    List<Confirmed> confirmed = new ArrayList<>();
    for (Map.Entry<Long, Boolean> label : labels.entrySet()) {
      if (label.getValue()) {
        Long next = labels.higherKey(label.getKey());
        confirmed.add(new Confirmed(label.getKey(), next == null ? Long.MAX_VALUE : next));
      }
    }
    return confirmed;
  }

  /** What is left of it when nothing with {@code at <= watermark} can come any more. */
  Dossier after(long watermark, long horizon) {
    int[] payments =
        IntStream.range(0, paidAt.length).filter(i -> paidAt[i] + horizon > watermark).toArray();
    int[] labels =
        IntStream.range(0, labelledAt.length)
            .filter(
                i ->
                    labelledAt[i] > watermark
                        || IntStream.of(payments)
                            .anyMatch(payment -> isOf(labelledAt[i], paidAt[payment], horizon)))
            .toArray();
    boolean[] frauds = new boolean[labels.length];
    Arrays.setAll(new Boolean[labels.length], i -> frauds[i] = fraud[labels[i]]);
    return new Dossier(
        IntStream.of(payments).mapToLong(i -> paidAt[i]).toArray(),
        IntStream.of(payments).mapToObj(i -> terminalIds[i]).toArray(String[]::new),
        IntStream.of(labels).mapToLong(i -> labelledAt[i]).toArray(),
        frauds);
  }
}
