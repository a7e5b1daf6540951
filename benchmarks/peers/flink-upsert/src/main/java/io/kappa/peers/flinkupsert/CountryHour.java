package io.kappa.peers.flinkupsert;

/**
 * A row of {@code country_hourly}.
 *
 * @param hour since the epoch, UTC
 */
public record CountryHour(String country, long hour, long events, long revenueCents) {

  static CountryHour empty(String country, long hour) {
    return new CountryHour(country, hour, 0, 0);
  }

  /** The row with one more event of this country and hour. */
  CountryHour with(CountryEvent event) {
    return new CountryHour(country, hour, events + 1, revenueCents + event.revenueCents());
  }
}
