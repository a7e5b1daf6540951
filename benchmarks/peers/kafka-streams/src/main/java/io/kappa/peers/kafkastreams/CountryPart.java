package io.kappa.peers.kafkastreams;

/** What one partition of {@code activity} has of a country's hour. */
final class CountryPart {

  private long events;
  private long revenueCents;

  CountryPart() {}

  CountryPart(byte[] stored) {
    In in = new In(stored);
    events = in.number();
    revenueCents = in.number();
  }

  void add(long moreCents) {
    events++;
    revenueCents += moreCents;
  }

  long events() {
    return events;
  }

  long revenueCents() {
    return revenueCents;
  }

  byte[] toBytes(Out scratch) {
    return scratch.clear().number(events).number(revenueCents).toByteArray();
  }
}
