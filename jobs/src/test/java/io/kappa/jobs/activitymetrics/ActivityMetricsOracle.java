package io.kappa.jobs.activitymetrics;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of {@code activity-metrics}, computed from a list of events as plainly as can be, and
 * with nothing of the job. A table is a map from the values of its key to all its values, in the
 * order of its columns; times are milliseconds since the epoch.
 */
public final class ActivityMetricsOracle {

  private static final Set<Kind> WATCHING = Set.of(Kind.VIEW, Kind.PLAY);
  private static final Set<Kind> TRADE = Set.of(Kind.PURCHASE, Kind.RETURN);

  private ActivityMetricsOracle() {}

  /**
   * The tables, by name.
   *
   * @param accepted the events that were neither late nor from the future, copies included
   * @param minWatch milliseconds; shorter views and plays are left out
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Activity> accepted, long minWatch) {
    Map<String, Activity> byId = new LinkedHashMap<>();
    for (Activity event : accepted) {
      if (!isShort(event, minWatch)) {
        byId.putIfAbsent(event.eventId(), event);
      }
    }
    Collection<Activity> events = byId.values();
    return Map.of(
        "item_hourly",
        table(events, event -> keyOf(event.itemId(), hour(event)), ActivityMetricsOracle::hourly),
        "country_hourly",
        table(
            events.stream().filter(event -> event.country() != null).toList(),
            event -> keyOf(event.country(), hour(event)),
            ActivityMetricsOracle::country),
        "item_totals",
        table(events, event -> keyOf(event.itemId()), ActivityMetricsOracle::totals));
  }

  private static boolean isShort(Activity event, long minWatch) {
    return WATCHING.contains(event.kind())
        && event.durationMs() != null
        && event.durationMs() < minWatch;
  }

  private static Map<List<Object>, List<Object>> table(
      Collection<Activity> events,
      Function<Activity, List<Object>> key,
      Function<List<Activity>, List<Object>> values) {
    Map<List<Object>, List<Object>> rows = new LinkedHashMap<>();
    events.stream()
        .collect(Collectors.groupingBy(key))
        .forEach(
            (group, members) -> {
              List<Object> row = new ArrayList<>(group);
              row.addAll(values.apply(members));
              rows.put(group, row);
            });
    return rows;
  }

  private static List<Object> keyOf(Object... values) {
    return Arrays.asList(values);
  }

  private static long hour(Activity event) {
    return Instant.ofEpochMilli(event.at()).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
  }

  private static List<Object> hourly(List<Activity> events) {
    return List.of(
        (long) events.size(),
        events.stream().map(Activity::userId).filter(Objects::nonNull).distinct().count(),
        sum(events, WATCHING, Activity::durationMs),
        sum(events, TRADE, Activity::quantity),
        sum(events, TRADE, Activity::amountCents));
  }

  private static List<Object> country(List<Activity> events) {
    return List.of((long) events.size(), sum(events, TRADE, Activity::amountCents));
  }

  private static List<Object> totals(List<Activity> events) {
    return List.of(
        (long) events.size(),
        sum(events, TRADE, Activity::quantity),
        sum(events, TRADE, Activity::amountCents),
        events.stream().mapToLong(Activity::at).min().orElseThrow(),
        events.stream().mapToLong(Activity::at).max().orElseThrow());
  }

  private static long sum(List<Activity> events, Set<Kind> kinds, Function<Activity, Long> field) {
    return events.stream()
        .filter(event -> kinds.contains(event.kind()))
        .map(field)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .sum();
  }
}
