package io.kappa.control.mistakes;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;

/** An activity, to be had with one thing changed. */
record Edit(Activity a) {

  static Edit of(Activity activity) {
    return new Edit(activity);
  }

  Activity id(String id) {
    return made(id, a.userId(), a.itemId(), a.kind(), a.at(), a.country(), a.device());
  }

  Activity user(String user) {
    return made(a.eventId(), user, a.itemId(), a.kind(), a.at(), a.country(), a.device());
  }

  Activity item(String item) {
    return made(a.eventId(), a.userId(), item, a.kind(), a.at(), a.country(), a.device());
  }

  Activity kind(Kind kind) {
    return made(a.eventId(), a.userId(), a.itemId(), kind, a.at(), a.country(), a.device());
  }

  Activity at(long at) {
    return made(a.eventId(), a.userId(), a.itemId(), a.kind(), at, a.country(), a.device());
  }

  Activity country(String country) {
    return made(a.eventId(), a.userId(), a.itemId(), a.kind(), a.at(), country, a.device());
  }

  Activity device(String device) {
    return made(a.eventId(), a.userId(), a.itemId(), a.kind(), a.at(), a.country(), device);
  }

  Activity trade(Long quantity, Long cents) {
    return new Activity(
        a.eventId(),
        a.userId(),
        a.itemId(),
        a.kind(),
        a.at(),
        a.durationMs(),
        quantity,
        cents,
        a.country(),
        a.device());
  }

  Activity duration(Long duration) {
    return new Activity(
        a.eventId(),
        a.userId(),
        a.itemId(),
        a.kind(),
        a.at(),
        duration,
        a.quantity(),
        a.amountCents(),
        a.country(),
        a.device());
  }

  private Activity made(
      String id, String user, String item, Kind kind, long at, String country, String device) {
    return new Activity(
        id, user, item, kind, at, a.durationMs(), a.quantity(), a.amountCents(), country, device);
  }
}
