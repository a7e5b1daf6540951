package io.kappa.benchmarks.limit;

import java.util.HashMap;
import java.util.Map;

/** What records come to when they are added up. */
final class Sums {

  private static final long HOUR_MS = 3_600_000L;

  /** An item over all time, and in each hour, by the hour's first millisecond. */
  static final class Item {
    final Map<Long, ItemHour> hours = new HashMap<>();
    long events;
    long quantity;
    long revenueCents;
    long firstAt = Long.MAX_VALUE;
    long lastAt = Long.MIN_VALUE;

    private void add(Item more) {
      events += more.events;
      quantity += more.quantity;
      revenueCents += more.revenueCents;
      firstAt = Math.min(firstAt, more.firstAt);
      lastAt = Math.max(lastAt, more.lastAt);
      more.hours.forEach(
          (hour, cell) -> hours.computeIfAbsent(hour, h -> new ItemHour()).add(cell));
    }
  }

  /** A country in an hour. */
  static final class CountryHour {
    long events;
    long revenueCents;

    private void add(CountryHour more) {
      events += more.events;
      revenueCents += more.revenueCents;
    }
  }

  final Map<String, Item> items = new HashMap<>();
  final Map<String, Map<Long, CountryHour>> countries = new HashMap<>();

  /**
   * Adds one record.
   *
   * @param user the number of its user; negative if it has none
   */
  void add(Fields event, int user) {
    long quantity = event.trade ? event.quantity : 0;
    long revenue = event.trade ? event.amountCents : 0;
    Long hour = Math.floorDiv(event.at, HOUR_MS) * HOUR_MS;
    Item item = items.computeIfAbsent(event.itemId, id -> new Item());
    item.events++;
    item.quantity += quantity;
    item.revenueCents += revenue;
    item.firstAt = Math.min(item.firstAt, event.at);
    item.lastAt = Math.max(item.lastAt, event.at);
    ItemHour itemHour = item.hours.computeIfAbsent(hour, h -> new ItemHour());
    itemHour.events++;
    itemHour.watchMs += event.watch ? event.durationMs : 0;
    itemHour.quantity += quantity;
    itemHour.revenueCents += revenue;
    if (user >= 0) {
      itemHour.user(user);
    }
    if (event.country != null) {
      CountryHour country = country(event.country, hour);
      country.events++;
      country.revenueCents += revenue;
    }
  }

  private CountryHour country(String name, Long hour) {
    return countries
        .computeIfAbsent(name, n -> new HashMap<>())
        .computeIfAbsent(hour, h -> new CountryHour());
  }

  /** Adds what somebody else added up. */
  void add(Sums more) {
    more.items.forEach((id, item) -> items.computeIfAbsent(id, i -> new Item()).add(item));
    more.countries.forEach(
        (name, hours) -> hours.forEach((hour, cell) -> country(name, hour).add(cell)));
  }
}
