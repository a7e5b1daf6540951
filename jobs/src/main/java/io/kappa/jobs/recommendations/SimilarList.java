package io.kappa.jobs.recommendations;

import java.util.ArrayList;
import java.util.List;

/**
 * State of one item: the items most similar to it, the most similar first.
 *
 * @param users the size of its own audience
 * @param ids the similar items
 * @param counts place by place, {@link Halves}: users in common, and the size of the similar item's
 *     audience
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record SimilarList(int users, String[] ids, long[] counts) {

  static final SimilarList NONE = new SimilarList(0, new String[0], new long[0]);

  /**
   * Ranks the candidates.
   *
   * @param candidates sorted by id, with their counts; 0 where too few users are in common
   */
  static SimilarList of(int users, Cells candidates) {
    long[] all = candidates.values();
    int[] best =
        Ranking.best(
            candidates.size(),
            Bounds.SIMILAR,
            i -> all[i] != 0,
            (i, k) ->
                Cosine.order(
                    Halves.high(all[i]), Halves.low(all[i]),
                    Halves.high(all[k]), Halves.low(all[k])));
    String[] ids = new String[best.length];
    long[] counts = new long[best.length];
    for (int rank = 0; rank < best.length; rank++) {
      ids[rank] = candidates.ids()[best[rank]];
      counts[rank] = all[best[rank]];
    }
    return new SimilarList(users, ids, counts);
  }

  /** The rows of the item. */
  List<SimilarItem> rows(String itemId) {
    List<SimilarItem> rows = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      rows.add(new SimilarItem(itemId, i + 1, ids[i], score(i), Halves.high(counts[i])));
    }
    return rows;
  }

  /** Adds to the sums what each similar item weighs for whoever follows the item. */
  void addWeights(int bits, int sign, Sums sums) {
    for (int i = 0; i < ids.length; i++) {
      sums.add(ids[i], Halves.of(sign * Cosine.weight(score(i), bits), 0));
    }
  }

  private double score(int place) {
    return Cosine.score(Halves.high(counts[place]), users, Halves.low(counts[place]));
  }
}
