package io.kappa.jobs.recommendations;

/**
 * What is to be added to what an item knows of its surroundings.
 *
 * @param users to the size of its own audience
 * @param neighbours by other item, {@link Halves}: to the users in common, and to the size of the
 *     other one's audience
 * @param followers by user, 1 or -1: who wants to be told of the item's list, or no longer
 */
public record NeighbourShare(String itemId, int users, Cells neighbours, Cells followers) {}
