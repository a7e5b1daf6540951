package io.kappa.peers.flinkupsert;

/**
 * What {@code country_hourly} needs of one record with a country.
 *
 * @param at milliseconds since the epoch, UTC
 */
public record CountryEvent(String country, long at, long revenueCents) {}
