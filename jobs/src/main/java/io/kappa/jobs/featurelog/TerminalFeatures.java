package io.kappa.jobs.featurelog;

import java.util.List;

/**
 * What was known of a terminal at a transaction: those before it in the last day, 7 days and 30
 * days (shifted into the past by the delay), how many of them somebody had judged by then, and how
 * many as fraud.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record TerminalFeatures(long[] counts, long[] labelled, long[] frauds) {

  /**
   * The features of a transaction of that time.
   *
   * @param sales all of its terminal that were read and may lie in its windows
   */
  static TerminalFeatures of(long at, List<TerminalSale> sales, long delay) {
    int windows = Terms.WINDOWS.length;
    long[] counts = new long[windows];
    long[] labelled = new long[windows];
    long[] frauds = new long[windows];
    long end = at - delay;
    for (TerminalSale other : sales) {
      for (int i = 0; other.at() < end && i < windows; i++) {
        if (other.at() > end - Terms.WINDOWS[i]) {
          counts[i]++;
          labelled[i] += other.labels().knownBy(at) ? 1 : 0;
          frauds[i] += other.labels().fraudBy(at) ? 1 : 0;
        }
      }
    }
    return new TerminalFeatures(counts, labelled, frauds);
  }

  /** Frauds among the judged ones; {@code null} where none was judged. */
  Double share(int window) {
    return labelled[window] == 0 ? null : (double) frauds[window] / labelled[window];
  }
}
