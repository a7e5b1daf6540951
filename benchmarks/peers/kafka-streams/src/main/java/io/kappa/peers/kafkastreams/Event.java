package io.kappa.peers.kafkastreams;

/** What the tables need of one record; used again for the next. A text without bytes is missing. */
final class Event {

  static final long HOUR_MS = 3_600_000;

  final Text user = new Text();
  final Text item = new Text();
  final Text country = new Text();

  /** Milliseconds since the epoch; {@link Long#MIN_VALUE} if missing. */
  long at;

  boolean isWatch;
  boolean isTrade;
  long durationMs;
  long quantity;
  long amountCents;

  void clear() {
    user.clear();
    item.clear();
    country.clear();
    at = Long.MIN_VALUE;
    isWatch = false;
    isTrade = false;
    durationMs = 0;
    quantity = 0;
    amountCents = 0;
  }

  boolean isWhole() {
    return !item.isEmpty() && at != Long.MIN_VALUE;
  }

  long hour() {
    return Math.floorDiv(at, HOUR_MS);
  }
}
