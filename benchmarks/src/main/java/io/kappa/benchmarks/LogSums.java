package io.kappa.benchmarks;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables of {@code activity-metrics} must come to, added up record by record in plain
 * Java, with nothing of the job.
 */
final class LogSums {

  private static final long LATENESS = Duration.ofHours(24).toMillis();
  private static final long FUTURE = Duration.ofHours(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final class Span {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
  }

  private final Map<Integer, Long> highWater = new HashMap<>();
  private final HashedSet counted = new HashedSet();
  private final HashedSet itemHours = new HashedSet();
  private final HashedSet usersOfItemHours = new HashedSet();
  private final Map<String, Span> items = new HashMap<>();
  private final HashedSet countryHours = new HashedSet();
  private final Map<String, Long> sums = new TreeMap<>();

  /** Adds the next record of a partition. */
  void add(int partition, long timestamp, byte[] value) {
    Decoded<Activity> decoded = Topics.ACTIVITY.decoder().decode(value);
    if (decoded instanceof Decoded.Ok<Activity> ok && isOnTime(partition, timestamp, ok.event())) {
      sum("records.applied", 1);
      if (counted.add(ok.event().eventId())) {
        count(ok.event());
      }
    } else {
      sum("records.quarantined", 1);
    }
  }

  private boolean isOnTime(int partition, long timestamp, Activity event) {
    long highest = highWater.getOrDefault(partition, event.at());
    if (event.at() - timestamp > FUTURE || highest - event.at() > LATENESS) {
      return false;
    }
    highWater.put(partition, Math.max(highest, event.at()));
    return true;
  }

  private void count(Activity event) {
    boolean trade = event.kind() == Kind.PURCHASE || event.kind() == Kind.RETURN;
    boolean watch = event.kind() == Kind.VIEW || event.kind() == Kind.PLAY;
    long quantity = trade ? orZero(event.quantity()) : 0;
    long revenue = trade ? orZero(event.amountCents()) : 0;
    String hour = Long.toString(Math.floorDiv(event.at(), HOUR));
    itemHours.add(event.itemId(), hour);
    if (event.userId() != null && usersOfItemHours.add(event.itemId(), hour, event.userId())) {
      sum("item_hourly.users", 1);
    }
    sum("item_hourly.events", 1);
    sum("item_hourly.watch_ms", watch ? orZero(event.durationMs()) : 0);
    sum("item_hourly.quantity", quantity);
    sum("item_hourly.revenue_cents", revenue);
    sum("item_totals.events", 1);
    sum("item_totals.quantity", quantity);
    sum("item_totals.revenue_cents", revenue);
    Span span = items.computeIfAbsent(event.itemId(), item -> new Span());
    span.first = Math.min(span.first, event.at());
    span.last = Math.max(span.last, event.at());
    if (event.country() != null) {
      countryHours.add(event.country(), hour);
      sum("country_hourly.events", 1);
      sum("country_hourly.revenue_cents", revenue);
    }
  }

  private void sum(String name, long more) {
    sums.merge(name, more, Long::sum);
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }

  /** The sums so far, in the form of {@link TableSums}. */
  TableSums sums() {
    Map<String, Long> all = new TreeMap<>(sums);
    long applied = all.computeIfAbsent("records.applied", name -> 0L);
    long quarantined = all.computeIfAbsent("records.quarantined", name -> 0L);
    all.put("records.filtered", 0L);
    all.put("records.all", applied + quarantined);
    all.put("quarantine.rows", quarantined);
    all.put("item_hourly.rows", itemHours.size());
    all.put("country_hourly.rows", countryHours.size());
    all.putIfAbsent("country_hourly.events", 0L);
    all.putIfAbsent("country_hourly.revenue_cents", 0L);
    all.put("item_totals.rows", (long) items.size());
    all.put("item_totals.first_at", items.values().stream().mapToLong(s -> s.first).sum());
    all.put("item_totals.last_at", items.values().stream().mapToLong(s -> s.last).sum());
    return new TableSums(all);
  }
}
