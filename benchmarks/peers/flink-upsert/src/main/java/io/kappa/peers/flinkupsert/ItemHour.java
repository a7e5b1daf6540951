package io.kappa.peers.flinkupsert;

/**
 * A row of {@code item_hourly}.
 *
 * @param hour since the epoch, UTC
 */
public record ItemHour(
    String itemId,
    long hour,
    long events,
    long users,
    long watchMs,
    long quantity,
    long revenueCents) {

  static ItemHour empty(String itemId, long hour) {
    return new ItemHour(itemId, hour, 0, 0, 0, 0, 0);
  }

  /**
   * The row with one more event of this item and hour.
   *
   * @param users how many different ones there are with this event's
   */
  ItemHour with(ItemEvent event, long users) {
    return new ItemHour(
        itemId,
        hour,
        events + 1,
        users,
        watchMs + event.watchMs(),
        quantity + event.quantity(),
        revenueCents + event.revenueCents());
  }
}
