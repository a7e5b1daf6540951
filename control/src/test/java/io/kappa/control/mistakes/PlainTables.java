package io.kappa.control.mistakes;

import io.kappa.common.event.Activity;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.EventDecoder;
import io.kappa.jobs.activitymetrics.ActivityMetricsOracle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the tables have to be by some rules, computed from a whole log by loops and lists. Each
 * table maps a row's key to the whole row, times in milliseconds; quarantine maps a place to a
 * reason.
 */
final class PlainTables {

  private EventDecoder<Activity> decoder;
  private long lateness = NastyLog.LATENESS;
  private long future = NastyLog.FUTURE;
  private Predicate<Activity> wanted = PlainTables::isLongEnough;
  private Variant.Events events = () -> List::of;
  private final Map<String, Function<List<Object>, Optional<List<Object>>>> rows = new HashMap<>();

  PlainTables(EventDecoder<Activity> decoder) {
    this.decoder = decoder;
  }

  static boolean isLongEnough(Activity event) {
    return switch (event.kind()) {
      case VIEW, PLAY -> event.durationMs() == null || event.durationMs() >= NastyLog.MIN_WATCH;
      case CLICK, LIKE, SHARE, PURCHASE, RETURN -> true;
    };
  }

  void decoding(EventDecoder<Activity> other) {
    decoder = other;
  }

  void lateBy(long millis) {
    lateness = millis;
  }

  void futureFrom(long millis) {
    future = millis;
  }

  void wanting(Predicate<Activity> other) {
    wanted = other;
  }

  void events(Variant.Events change) {
    events = change;
  }

  void rows(String table, UnaryOperator<List<Object>> change) {
    rows.put(table, row -> Optional.of(change.apply(row)));
  }

  void keeping(String table, Predicate<List<Object>> kept) {
    rows.put(table, row -> Optional.of(row).filter(kept));
  }

  /** The tables after the whole log. */
  Map<String, Map<List<Object>, List<Object>>> of(List<List<byte[]>> log) {
    List<Activity> accepted = new ArrayList<>();
    Map<List<Object>, List<Object>> quarantine = new HashMap<>();
    for (int partition = 0; partition < log.size(); partition++) {
      Function<Activity, List<Activity>> each = events.get();
      long highest = Long.MIN_VALUE;
      List<byte[]> records = log.get(partition);
      for (int offset = 0; offset < records.size(); offset++) {
        List<Object> place = List.of(partition, (long) offset);
        if (!(decoder.decode(records.get(offset)) instanceof Decoded.Ok<Activity> ok)) {
          quarantine.put(place, List.of("broken"));
          continue;
        }
        Activity event = ok.event();
        if (event.at() > System.currentTimeMillis() + future) {
          quarantine.put(place, List.of("future"));
        } else if (highest != Long.MIN_VALUE && event.at() < highest - lateness) {
          quarantine.put(place, List.of("late"));
        } else {
          highest = Math.max(highest, event.at());
          if (wanted.test(event)) {
            accepted.addAll(each.apply(event));
          }
        }
      }
    }
    Map<String, Map<List<Object>, List<Object>>> tables = new HashMap<>();
    ActivityMetricsOracle.tables(accepted, 0)
        .forEach((table, right) -> tables.put(table, changed(table, right)));
    tables.put("quarantine", quarantine);
    return tables;
  }

  private Map<List<Object>, List<Object>> changed(
      String table, Map<List<Object>, List<Object>> right) {
    Function<List<Object>, Optional<List<Object>>> change = rows.getOrDefault(table, Optional::of);
    Map<List<Object>, List<Object>> changed = new LinkedHashMap<>();
    right.forEach(
        (key, row) ->
            change
                .apply(row)
                .ifPresent(other -> changed.put(List.copyOf(other.subList(0, key.size())), other)));
    return changed;
  }
}
