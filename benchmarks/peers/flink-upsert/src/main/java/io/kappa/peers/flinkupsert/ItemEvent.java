package io.kappa.peers.flinkupsert;

/**
 * What the tables need of one record.
 *
 * @param userId {@code null} where nobody was signed in
 * @param country {@code null} where it isn't known
 * @param at milliseconds since the epoch, UTC
 * @param watchMs milliseconds; 0 where nothing was watched
 * @param quantity 0 where nothing was traded
 * @param revenueCents 0 where nothing was traded
 */
public record ItemEvent(
    String itemId,
    String userId,
    String country,
    long at,
    long watchMs,
    long quantity,
    long revenueCents) {}
