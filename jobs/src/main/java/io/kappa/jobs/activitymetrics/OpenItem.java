package io.kappa.jobs.activitymetrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** An item while events are being added to it, between two writes of its state. */
final class OpenItem {

  private final Map<Integer, OpenHour> hours = new HashMap<>();
  private ItemTotal total;

  OpenItem(ItemTotal total) {
    this.total = total;
  }

  ItemTotal total() {
    return total;
  }

  void add(ItemEvent event) {
    total = total.plus(event);
  }

  /** The hour, or {@code null} where it wasn't opened. */
  OpenHour hour(int hour) {
    return hours.get(hour);
  }

  void open(int hour, OpenHour opened) {
    hours.put(hour, opened);
  }

  /** Takes the hour out; {@code null} where it wasn't opened. */
  OpenHour close(int hour) {
    return hours.remove(hour);
  }

  Collection<Map.Entry<Integer, OpenHour>> hours() {
    return hours.entrySet();
  }
}
