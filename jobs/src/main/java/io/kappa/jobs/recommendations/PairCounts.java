package io.kappa.jobs.recommendations;

/**
 * State of one item: how many users it has, and how many in common with each other item.
 *
 * @param users the size of its audience
 * @param together by other item
 */
public record PairCounts(int users, Cells together) {

  static final PairCounts NONE = new PairCounts(0, Cells.NONE);

  /** What others get to see of a pair: nothing, as long as it has too few users in common. */
  long seen(long usersTogether, int minTogether) {
    return usersTogether < minTogether ? 0 : Halves.of((int) usersTogether, users);
  }
}
