package io.kappa.jobs.frauddetection;

import io.kappa.jobs.frauddetection.rules.Totals;
import java.util.Map;
import java.util.TreeMap;

/**
 * State of one account or terminal: which days it has, and what each adds up to, so that a long
 * window costs no read of the days within it.
 *
 * @param days in their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record DayIndex(int[] days, long[] counts, long[] cents, int[] confirmed) {

  static DayIndex of(TreeMap<Integer, DayTotals> totals) {
    DayIndex index =
        new DayIndex(
            new int[totals.size()],
            new long[totals.size()],
            new long[totals.size()],
            new int[totals.size()]);
    int i = 0;
    for (Map.Entry<Integer, DayTotals> day : totals.entrySet()) {
      index.days[i] = day.getKey();
      index.counts[i] = day.getValue().payments().count();
      index.cents[i] = day.getValue().payments().cents();
      index.confirmed[i] = day.getValue().confirmed();
      i++;
    }
    return index;
  }

  TreeMap<Integer, DayTotals> totals() {
    TreeMap<Integer, DayTotals> totals = new TreeMap<>();
    for (int i = 0; i < days.length; i++) {
      totals.put(days[i], new DayTotals(new Totals(counts[i], cents[i]), confirmed[i]));
    }
    return totals;
  }

  /** The last day it has. */
  int last() {
    return days[days.length - 1];
  }
}
