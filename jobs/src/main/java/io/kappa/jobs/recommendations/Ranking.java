package io.kappa.jobs.recommendations;

import io.kappa.common.job.Change;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;

/** The best of many, in order, and what changes in a table of ranks from one time to the next. */
final class Ranking {

  private Ranking() {}

  /**
   * The places of the best, the best first. Of equally good ones the earlier place wins; places are
   * sorted by id, so that's the smaller id.
   *
   * @param size the places go from 0 to this
   * @param order of two places, negative if the first is better
   */
  static int[] best(int size, int most, IntPredicate eligible, IntBinaryOperator order) {
    int[] best = new int[Math.min(size, most)];
    int found = 0;
    for (int i = 0; i < size; i++) {
      boolean full = found == best.length;
      if (!eligible.test(i) || (full && order.applyAsInt(best[found - 1], i) <= 0)) {
        continue;
      }
      int rank = full ? found - 1 : found++;
      while (rank > 0 && order.applyAsInt(best[rank - 1], i) > 0) {
        best[rank] = best[rank - 1];
        rank--;
      }
      best[rank] = i;
    }
    return Arrays.copyOf(best, found);
  }

  /** Tells of each rank that has another row than before, and of those that have none any more. */
  static <R> void changes(List<R> before, List<R> after, Consumer<Change<R>> changed) {
    for (int i = 0; i < after.size(); i++) {
      if (i >= before.size() || !before.get(i).equals(after.get(i))) {
        changed.accept(Change.upsert(after.get(i)));
      }
    }
    for (int i = after.size(); i < before.size(); i++) {
      changed.accept(Change.delete(before.get(i)));
    }
  }
}
