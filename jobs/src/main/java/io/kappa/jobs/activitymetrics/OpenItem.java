package io.kappa.jobs.activitymetrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** An item while events are being added to it, between two writes of its state. */
final class OpenItem {

  private final Map<Integer, OpenHour> hours = new HashMap<>();
  private ItemTotal total;
  private OpenHour latest;

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
    // Mostly it's that of the event before.
    if (latest == null || latest.hour() != hour) {
      latest = hours.get(hour);
    }
    return latest;
  }

  void open(OpenHour opened) {
    hours.put(opened.hour(), opened);
    latest = opened;
  }

  /** Takes the hour out; {@code null} where it wasn't opened. */
  OpenHour close(int hour) {
    latest = null;
    return hours.remove(hour);
  }

  Collection<OpenHour> hours() {
    return hours.values();
  }
}
