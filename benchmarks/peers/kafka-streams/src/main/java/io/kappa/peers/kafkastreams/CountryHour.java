package io.kappa.peers.kafkastreams;

import java.util.Arrays;

/** A row of {@code country_hourly}, as the latest part of each partition. */
final class CountryHour {

  private long[] events = {};
  private long[] revenueCents = {};

  CountryHour() {}

  CountryHour(byte[] stored) {
    In in = new In(stored);
    for (int partition = 0; in.hasMore(); partition++) {
      long partEvents = in.number();
      set(partition, partEvents, in.number());
    }
  }

  void set(int partition, long partEvents, long partCents) {
    if (partition >= events.length) {
      events = Arrays.copyOf(events, partition + 1);
      revenueCents = Arrays.copyOf(revenueCents, partition + 1);
    }
    events[partition] = partEvents;
    revenueCents[partition] = partCents;
  }

  byte[] toBytes(Out scratch) {
    scratch.clear();
    for (int partition = 0; partition < events.length; partition++) {
      scratch.number(events[partition]).number(revenueCents[partition]);
    }
    return scratch.toByteArray();
  }

  /** All columns after the name. */
  long[] row(long hour) {
    return new long[] {hour, Arrays.stream(events).sum(), Arrays.stream(revenueCents).sum()};
  }
}
