package io.kappa.jobs.featurelog;

import java.util.List;

/**
 * What was known of an account at one of its transactions: its transactions in the last day, 7 days
 * and 30 days, the one at hand with them. Sums are of those in the same currency.
 *
 * @param counts of transactions, by window
 * @param sums in minor units, by window
 * @param summed of the transactions that are in the sum, by window
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record AccountFeatures(long[] counts, long[] sums, long[] summed) {

  /**
   * The features of a sale.
   *
   * @param sales all of its account that were read and may lie in its windows, itself among them
   */
  static AccountFeatures of(Sale sale, List<Sale> sales) {
    int windows = Terms.WINDOWS.length;
    long[] counts = new long[windows];
    long[] sums = new long[windows];
    long[] summed = new long[windows];
    for (Sale other : sales) {
      boolean before = other.at() < sale.at() || other.equals(sale);
      for (int i = 0; before && i < windows; i++) {
        if (other.at() > sale.at() - Terms.WINDOWS[i]) {
          counts[i]++;
          if (other.currency().equals(sale.currency())) {
            sums[i] += other.amountCents();
            summed[i]++;
          }
        }
      }
    }
    return new AccountFeatures(counts, sums, summed);
  }

  /** The mean amount in whole minor units, rounded down. */
  long average(int window) {
    return Math.floorDiv(sums[window], summed[window]);
  }
}
