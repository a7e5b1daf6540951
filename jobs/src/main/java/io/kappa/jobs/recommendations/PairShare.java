package io.kappa.jobs.recommendations;

/**
 * What is to be added to the counts of an item.
 *
 * @param users to the size of its audience
 * @param together by other item, to the number of users that they have in common
 */
public record PairShare(String itemId, int users, Cells together) {}
