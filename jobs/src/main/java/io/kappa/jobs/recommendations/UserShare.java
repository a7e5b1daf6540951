package io.kappa.jobs.recommendations;

/**
 * What is to be added to what a user may be recommended.
 *
 * @param items by item, {@link Halves}: to its score in millionths, and 1 or -1 where it came into
 *     the user's history or left it
 */
public record UserShare(String userId, Cells items) {}
