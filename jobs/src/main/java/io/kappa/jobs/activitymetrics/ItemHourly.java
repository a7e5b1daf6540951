package io.kappa.jobs.activitymetrics;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code item_hourly}: an item in one hour.
 *
 * @param hour the hour's first millisecond
 */
public record ItemHourly(
    String itemId,
    long hour,
    long events,
    long users,
    long watchMs,
    long quantity,
    long revenueCents) {

  static final Table<ItemHourly> TABLE =
      Table.named("item_hourly", ItemHourly.class, "What was done with an item in an hour (UTC)")
          .key(Column.text("item_id", ItemHourly::itemId, "the item"))
          .key(Column.timestamp("hour", ItemHourly::hour, "when the hour began"))
          .column(Column.bigint("events", ItemHourly::events, "events of all kinds"))
          .column(Column.bigint("users", ItemHourly::users, "different signed-in users"))
          .column(Column.bigint("watch_ms", ItemHourly::watchMs, "milliseconds viewed or played"))
          .column(Column.bigint("quantity", ItemHourly::quantity, "sold less returned"))
          .column(Column.bigint("revenue_cents", ItemHourly::revenueCents, "sold less returned"))
          .build();

  static ItemHourly none(String itemId, int hour) {
    return new ItemHourly(itemId, Hours.first(hour), 0, 0, 0, 0, 0);
  }

  ItemHourly plus(ItemEvent event, boolean firstOfUser) {
    return new ItemHourly(
        itemId,
        hour,
        events + 1,
        firstOfUser ? users + 1 : users,
        watchMs + event.watchMs(),
        quantity + event.quantity(),
        revenueCents + event.revenueCents());
  }
}
