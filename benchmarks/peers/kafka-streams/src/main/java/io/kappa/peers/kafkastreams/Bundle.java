package io.kappa.peers.kafkastreams;

/**
 * What goes to one partition in one record: events and parts of countries' hours, one after the
 * other. One record of Kafka for each of them would cost more than all that is done with it.
 */
final class Bundle {

  private static final int FULL_BYTES = 16 * 1024;
  private static final int USER = 1;
  private static final int WATCH = 2;
  private static final int TRADE = 4;
  private static final int COUNTRY = 8;

  /** Takes what a bundle holds. */
  interface Reader {

    /**
     * One event.
     *
     * @param in stands at the user's id, that is {@code userLength} bytes long (0: none)
     */
    void event(
        String item, long at, In in, int userLength, long watchMs, long quantity, long cents);

    /** All that one partition of {@code activity} had of a country's hour until now. */
    void country(String country, long hour, int partition, long events, long cents);
  }

  private final Out out = new Out(FULL_BYTES + 1024);

  boolean isEmpty() {
    return out.size() == 0;
  }

  boolean isFull() {
    return out.size() >= FULL_BYTES;
  }

  void add(Event event) {
    int head =
        (event.user.isEmpty() ? 0 : USER)
            | (event.isWatch ? WATCH : 0)
            | (event.isTrade ? TRADE : 0);
    out.octet(head).text(event.item).number(event.at);
    if (event.isWatch) {
      out.number(event.durationMs);
    }
    if (event.isTrade) {
      out.number(event.quantity).number(event.amountCents);
    }
    if (!event.user.isEmpty()) {
      out.text(event.user);
    }
  }

  void add(byte[] country, long hour, int partition, long events, long cents) {
    out.octet(COUNTRY).text(country, 0, country.length).number(hour).number(partition);
    out.number(events).number(cents);
  }

  /** All that was added since the last time. */
  byte[] take() {
    byte[] all = out.toByteArray();
    out.clear();
    return all;
  }

  static void read(byte[] bundle, Reader reader) {
    In in = new In(bundle);
    while (in.hasMore()) {
      int head = in.octet();
      if (head == COUNTRY) {
        String country = in.text();
        long hour = in.number();
        int partition = (int) in.number();
        long events = in.number();
        reader.country(country, hour, partition, events, in.number());
      } else {
        event(in, head, reader);
      }
    }
  }

  private static void event(In in, int head, Reader reader) {
    String item = in.text();
    long at = in.number();
    long watchMs = (head & WATCH) != 0 ? in.number() : 0;
    long quantity = (head & TRADE) != 0 ? in.number() : 0;
    long cents = (head & TRADE) != 0 ? in.number() : 0;
    int userLength = (head & USER) != 0 ? (int) in.number() : 0;
    reader.event(item, at, in, userLength, watchMs, quantity, cents);
    in.skip(userLength);
  }
}
