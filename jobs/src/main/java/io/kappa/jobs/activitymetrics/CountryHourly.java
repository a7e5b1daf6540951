package io.kappa.jobs.activitymetrics;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code country_hourly}: a country in one hour. Events without a country are in none.
 *
 * @param hour the hour's first millisecond
 */
public record CountryHourly(String country, long hour, long events, long revenueCents) {

  static final Table<CountryHourly> TABLE =
      Table.named("country_hourly", CountryHourly.class, "What was done in a country in an hour")
          .key(Column.text("country", CountryHourly::country, "as the producers call it"))
          .key(Column.timestamp("hour", CountryHourly::hour, "when the hour (UTC) began"))
          .column(Column.bigint("events", CountryHourly::events, "events of all kinds"))
          .column(Column.bigint("revenue_cents", CountryHourly::revenueCents, "sold less returned"))
          .build();

  CountryHourly plus(CountryHourly other) {
    return new CountryHourly(
        country, hour, events + other.events, revenueCents + other.revenueCents);
  }
}
