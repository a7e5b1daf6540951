package io.kappa.jobs.activitymetrics;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.state.MapState;

/**
 * The ids counted for an item in an hour in which much happened. An event is looked up by its user
 * first: one read and one write tell both whether it's a copy and whether its user is new.
 */
final class SpilledIds {

  /** So many ids stand beside their user; more would make each read and write longer. */
  static final int PER_USER = 8;

  private final OfHour<MapState<String, String[]>> byUser;
  private final OfHour<MapState<EventId, Boolean>> others;
  private final IntConsumer begun;

  /** The current item's state of one hour. */
  @FunctionalInterface
  interface OfHour<S> {
    S at(int hour) throws Exception;
  }

  /**
   * @param byUser the first ids of each user
   * @param others the ids of nobody, and those that have no room beside their user
   * @param begun is told of each hour of the current item that begins to spill
   */
  SpilledIds(
      OfHour<MapState<String, String[]>> byUser,
      OfHour<MapState<EventId, Boolean>> others,
      IntConsumer begun) {
    this.byUser = byUser;
    this.others = others;
    this.begun = begun;
  }

  /** Names an event where its user's list doesn't. */
  public record EventId(String userId, String eventId) {}

  /** From now on the current item has ids here in this hour. */
  void begin(int hour) {
    begun.accept(hour);
  }

  /** Looks an event of the current item up and remembers it. */
  Sighting see(int hour, String userId, String eventId) throws Exception {
    if (userId == null) {
      return seeAmongOthers(hour, new EventId(null, eventId));
    }
    MapState<String, String[]> users = byUser.at(hour);
    String[] ids = users.get(userId);
    if (ids == null) {
      users.put(userId, new String[] {eventId});
      return Sighting.NEW_WITH_USER;
    }
    for (String id : ids) {
      if (id.equals(eventId)) {
        return Sighting.COPY;
      }
    }
    if (ids.length == PER_USER) {
      return seeAmongOthers(hour, new EventId(userId, eventId));
    }
    String[] more = Arrays.copyOf(ids, ids.length + 1);
    more[ids.length] = eventId;
    users.put(userId, more);
    return Sighting.NEW;
  }

  private Sighting seeAmongOthers(int hour, EventId id) throws Exception {
    MapState<EventId, Boolean> seen = others.at(hour);
    if (seen.contains(id)) {
      return Sighting.COPY;
    }
    seen.put(id, Boolean.TRUE);
    return Sighting.NEW;
  }

  /** Forgets the current item's hour. */
  void clear(int hour) throws Exception {
    byUser.at(hour).clear();
    others.at(hour).clear();
  }
}
