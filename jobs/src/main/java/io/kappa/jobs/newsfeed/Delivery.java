package io.kappa.jobs.newsfeed;

/**
 * A post comes into a user's feed, or is taken back out of it.
 *
 * @param text {@code null}: taken back
 */
public record Delivery(String userId, PostKey post, String text) {}
