package io.kappa.peers.hazelcast;

import java.util.List;

/** Folds events by country and hour; those without a country are in none. */
final class CountryFold extends Fold<CountryState> {

  @Override
  String key(Activity event) {
    return event.country();
  }

  @Override
  CountryState newState(String key) {
    return new CountryState(key);
  }

  @Override
  Rows take(List<CountryState> states, int hours) {
    return CountryRows.take(states, hours);
  }
}
