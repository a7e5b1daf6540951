package io.kappa.jobs.recommendations;

/**
 * What is to be added to what an item knows of its surroundings.
 *
 * @param together by other item: to the number of users that they have in common
 * @param followers by user, 1 or -1: who wants to be told of the item's list, or no longer
 */
public record ItemShare(String itemId, Cells together, Cells followers) {}
