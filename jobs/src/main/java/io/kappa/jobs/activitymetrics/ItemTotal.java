package io.kappa.jobs.activitymetrics;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code item_totals}: an item over all time.
 *
 * @param firstAt event time of its earliest event, in milliseconds
 * @param lastAt event time of its latest event, in milliseconds
 */
public record ItemTotal(
    String itemId, long events, long quantity, long revenueCents, long firstAt, long lastAt) {

  static final Table<ItemTotal> TABLE =
      Table.named("item_totals", ItemTotal.class, "What was done with an item over all time")
          .key(Column.text("item_id", ItemTotal::itemId, "the item"))
          .column(Column.bigint("events", ItemTotal::events, "events of all kinds"))
          .column(Column.bigint("quantity", ItemTotal::quantity, "sold less returned"))
          .column(Column.bigint("revenue_cents", ItemTotal::revenueCents, "sold less returned"))
          .column(Column.timestamp("first_at", ItemTotal::firstAt, "its earliest event"))
          .column(Column.timestamp("last_at", ItemTotal::lastAt, "its latest event"))
          .build();

  static ItemTotal none(String itemId) {
    return new ItemTotal(itemId, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  ItemTotal plus(ItemEvent event) {
    return new ItemTotal(
        itemId,
        events + 1,
        quantity + event.quantity(),
        revenueCents + event.revenueCents(),
        Math.min(firstAt, event.at()),
        Math.max(lastAt, event.at()));
  }
}
