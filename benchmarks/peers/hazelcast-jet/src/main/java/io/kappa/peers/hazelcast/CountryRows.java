package io.kappa.peers.hazelcast;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Rows of {@code country_hourly}, an array for each column. */
final class CountryRows implements Rows {

  private final String[] country;
  private final long[] hour;
  private final long[] events;
  private final long[] cents;
  private int filled;

  private CountryRows(int rows) {
    country = new String[rows];
    hour = new long[rows];
    events = new long[rows];
    cents = new long[rows];
  }

  /** Takes what changed of countries that did. */
  static CountryRows take(List<CountryState> changed, int rows) {
    CountryRows taken = new CountryRows(rows);
    for (CountryState state : changed) {
      state.takeChanged(one -> taken.add(state.key(), one));
    }
    return taken;
  }

  private void add(String key, CountryState.CountryHour one) {
    country[filled] = key;
    hour[filled] = one.hour;
    events[filled] = one.events();
    cents[filled] = one.cents();
    filled++;
  }

  @Override
  public void write(Connection connection, Tables tables) throws SQLException {
    tables.upsert(connection, tables.countryHourly(), country, hour, events, cents);
  }
}
