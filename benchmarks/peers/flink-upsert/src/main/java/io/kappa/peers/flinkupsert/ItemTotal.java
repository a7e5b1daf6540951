package io.kappa.peers.flinkupsert;

/**
 * A row of {@code item_totals}.
 *
 * @param firstAt milliseconds since the epoch, UTC
 * @param lastAt milliseconds since the epoch, UTC
 */
public record ItemTotal(
    String itemId, long events, long quantity, long revenueCents, long firstAt, long lastAt) {

  static ItemTotal empty(String itemId) {
    return new ItemTotal(itemId, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /** The row with one more event of this item. */
  ItemTotal with(ItemEvent event) {
    return new ItemTotal(
        itemId,
        events + 1,
        quantity + event.quantity(),
        revenueCents + event.revenueCents(),
        Math.min(firstAt, event.at()),
        Math.max(lastAt, event.at()));
  }
}
