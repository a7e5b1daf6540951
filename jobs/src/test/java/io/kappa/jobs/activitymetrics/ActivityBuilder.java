package io.kappa.jobs.activitymetrics;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import java.time.Instant;

/** An activity with as few words as the scenario needs; what isn't said is absent. */
record ActivityBuilder(
    String eventId,
    String userId,
    String itemId,
    Kind kind,
    long at,
    Long durationMs,
    Long quantity,
    Long amountCents,
    String country) {

  /** A click on the item by nobody. */
  static ActivityBuilder event(String eventId, String itemId, String at) {
    return new ActivityBuilder(
        eventId, null, itemId, Kind.CLICK, millis(at), null, null, null, null);
  }

  static long millis(String at) {
    return Instant.parse(at).toEpochMilli();
  }

  ActivityBuilder by(String user) {
    return new ActivityBuilder(
        eventId, user, itemId, kind, at, durationMs, quantity, amountCents, country);
  }

  ActivityBuilder in(String where) {
    return new ActivityBuilder(
        eventId, userId, itemId, kind, at, durationMs, quantity, amountCents, where);
  }

  ActivityBuilder lasting(Kind how, Long milliseconds) {
    return new ActivityBuilder(
        eventId, userId, itemId, how, at, milliseconds, quantity, amountCents, country);
  }

  ActivityBuilder trading(Kind how, Long pieces, Long cents) {
    return new ActivityBuilder(
        eventId, userId, itemId, how, at, durationMs, pieces, cents, country);
  }

  Activity build() {
    return new Activity(
        eventId, userId, itemId, kind, at, durationMs, quantity, amountCents, country, null);
  }
}
