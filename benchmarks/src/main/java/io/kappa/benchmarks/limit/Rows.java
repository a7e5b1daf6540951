package io.kappa.benchmarks.limit;

import io.kappa.benchmarks.limit.Sums.CountryHour;
import io.kappa.benchmarks.limit.Sums.Item;
import java.time.Instant;

/**
 * Rows as PostgreSQL's COPY takes them in text: one a line, in the order of the table's columns.
 * For each key of the first sums there is one, with the values of the second.
 */
final class Rows {

  private Rows() {}

  static StringBuilder itemTotals(Sums keys, Sums values) {
    StringBuilder rows = new StringBuilder();
    for (String id : keys.items.keySet()) {
      Item item = values.items.get(id);
      rows.append(id).append('\t').append(item.events).append('\t').append(item.quantity);
      rows.append('\t').append(item.revenueCents).append('\t').append(time(item.firstAt));
      rows.append('\t').append(time(item.lastAt)).append('\n');
    }
    return rows;
  }

  static StringBuilder itemHourly(Sums keys, Sums values) {
    StringBuilder rows = new StringBuilder();
    keys.items.forEach(
        (id, item) -> {
          Item whole = values.items.get(id);
          for (Long hour : item.hours.keySet()) {
            ItemHour cell = whole.hours.get(hour);
            rows.append(id).append('\t').append(time(hour)).append('\t').append(cell.events);
            rows.append('\t').append(cell.users()).append('\t').append(cell.watchMs);
            rows.append('\t').append(cell.quantity).append('\t').append(cell.revenueCents);
            rows.append('\n');
          }
        });
    return rows;
  }

  static StringBuilder countryHourly(Sums keys, Sums values) {
    StringBuilder rows = new StringBuilder();
    keys.countries.forEach(
        (name, hours) -> {
          for (Long hour : hours.keySet()) {
            CountryHour cell = values.countries.get(name).get(hour);
            rows.append(name).append('\t').append(time(hour)).append('\t').append(cell.events);
            rows.append('\t').append(cell.revenueCents).append('\n');
          }
        });
    return rows;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
