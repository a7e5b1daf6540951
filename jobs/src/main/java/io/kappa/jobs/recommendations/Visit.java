package io.kappa.jobs.recommendations;

/**
 * What an item has to tell one of its users: an interest that the user's history doesn't know yet,
 * or that the user is no longer in the item's audience.
 *
 * @param at when the user was last interested in the item, as far as the item can say
 * @param counted whether the user is in the item's audience now
 */
public record Visit(String userId, String itemId, long at, boolean counted) {}
