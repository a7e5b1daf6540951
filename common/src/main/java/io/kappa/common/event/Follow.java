package io.kappa.common.event;

/**
 * Somebody follows somebody from now on, or no longer: one record of the topic {@code follows}.
 *
 * @param active whether the follower follows after this event
 * @param at milliseconds since the epoch, UTC
 */
public record Follow(String followerId, String followeeId, boolean active, long at)
    implements Event {}
