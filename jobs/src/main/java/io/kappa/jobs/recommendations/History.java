package io.kappa.jobs.recommendations;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * State of one user.
 *
 * @param items the newest items of the user, sorted by id, with the time of the latest interest
 * @param counted place by place, whether the user is in the item's audience
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record History(Cells items, boolean[] counted) {

  static final History NONE = new History(Cells.NONE, new boolean[0]);

  /** 1 for each item of the history. */
  Cells had() {
    long[] ones = new long[items.size()];
    Arrays.fill(ones, 1);
    return new Cells(items.ids(), ones);
  }

  /** 1 for each item that the user counts for. */
  Cells counting() {
    return cells(IntStream.range(0, counted.length).filter(i -> counted[i]));
  }

  /** 1 for each of the newest items that the user counts for. */
  Cells seeds(int most) {
    int[] newest =
        Ranking.best(
            counted.length,
            most,
            i -> counted[i],
            (i, k) -> Long.compare(items.values()[k], items.values()[i]));
    return cells(Arrays.stream(newest).sorted());
  }

  private Cells cells(IntStream places) {
    String[] ids = places.mapToObj(i -> items.ids()[i]).toArray(String[]::new);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    return new Cells(ids, ones);
  }
}
