package io.kappa.jobs.recommendations;

import java.io.Serializable;

/**
 * How much is remembered and counted.
 *
 * @param history so many items are kept of a user, the newest
 * @param audience so many users are kept of an item, the newest
 * @param minTogether two items with fewer users in common aren't similar
 * @param seeds so many of a user's items recommend others, the newest
 * @param weightBits so many leading bits of a similarity count in a recommendation
 * @param open so many cells an operator holds on the heap at most, 50 bytes each, between two
 *     writes of its state; it has no influence on the tables
 */
record Bounds(int history, int audience, int minTogether, int seeds, int weightBits, int open)
    implements Serializable {

  /** The most similar items of an item that are kept. */
  static final int SIMILAR = 20;

  /** The best items for a user that are kept. */
  static final int RECOMMENDED = 20;
}
