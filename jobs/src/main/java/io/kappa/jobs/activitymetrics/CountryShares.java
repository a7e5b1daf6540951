package io.kappa.jobs.activitymetrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one subtask has counted for countries and not yet sent on. Sums commute, so it doesn't
 * matter when they are sent, as long as neither a watermark nor a barrier overtakes them.
 */
final class CountryShares {

  private record Cell(String country, int hour) {}

  private final Map<Cell, CountryHourly> sums = new HashMap<>();

  void add(ItemEvent event) {
    if (event.country() == null) {
      return;
    }
    int hour = Hours.of(event.at());
    CountryHourly one =
        new CountryHourly(event.country(), Hours.first(hour), 1, event.revenueCents());
    sums.merge(new Cell(event.country(), hour), one, CountryHourly::plus);
  }

  int size() {
    return sums.size();
  }

  /** Gives all sums away and begins anew. */
  Collection<CountryHourly> take() {
    List<CountryHourly> taken = List.copyOf(sums.values());
    sums.clear();
    return taken;
  }
}
