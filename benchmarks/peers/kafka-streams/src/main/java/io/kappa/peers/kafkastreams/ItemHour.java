package io.kappa.peers.kafkastreams;

/** A row of {@code item_hourly}, and the users behind its number of them. */
final class ItemHour {

  private final UserSet users;
  private long events;
  private long watchMs;
  private long quantity;
  private long revenueCents;

  ItemHour() {
    users = new UserSet();
  }

  ItemHour(byte[] stored) {
    In in = new In(stored);
    events = in.number();
    watchMs = in.number();
    quantity = in.number();
    revenueCents = in.number();
    users = new UserSet(in);
  }

  void add(long moreWatchMs, long moreQuantity, long moreCents) {
    events++;
    watchMs += moreWatchMs;
    quantity += moreQuantity;
    revenueCents += moreCents;
  }

  UserSet users() {
    return users;
  }

  byte[] toBytes(Out scratch) {
    scratch.clear().number(events).number(watchMs).number(quantity).number(revenueCents);
    users.write(scratch);
    return scratch.toByteArray();
  }

  /** All columns after the name. */
  long[] row(long hour) {
    return new long[] {hour, events, users.count(), watchMs, quantity, revenueCents};
  }
}
