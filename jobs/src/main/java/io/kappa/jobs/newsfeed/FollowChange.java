package io.kappa.jobs.newsfeed;

/**
 * What a follower says about an author.
 *
 * @param active whether they follow from then on
 * @param at milliseconds since the epoch, UTC
 */
public record FollowChange(String followerId, boolean active, long at) {}
