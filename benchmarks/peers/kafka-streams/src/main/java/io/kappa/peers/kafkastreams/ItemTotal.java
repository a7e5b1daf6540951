package io.kappa.peers.kafkastreams;

/** A row of {@code item_totals}. */
final class ItemTotal {

  private long events;
  private long quantity;
  private long revenueCents;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;

  ItemTotal() {}

  ItemTotal(byte[] stored) {
    In in = new In(stored);
    events = in.number();
    quantity = in.number();
    revenueCents = in.number();
    firstAt = in.number();
    lastAt = in.number();
  }

  void add(long at, long moreQuantity, long moreCents) {
    events++;
    quantity += moreQuantity;
    revenueCents += moreCents;
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
  }

  byte[] toBytes(Out scratch) {
    scratch.clear().number(events).number(quantity).number(revenueCents);
    return scratch.number(firstAt).number(lastAt).toByteArray();
  }

  /** All columns after the name; moments in milliseconds since the epoch. */
  long[] row() {
    return new long[] {events, quantity, revenueCents, firstAt, lastAt};
  }
}
