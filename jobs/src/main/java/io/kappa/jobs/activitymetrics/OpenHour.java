package io.kappa.jobs.activitymetrics;

import java.util.Arrays;
import java.util.Objects;

/** An item's hour while events are being added to it, between two writes of its state. */
final class OpenHour {

  /** So many ids are kept beside the row, which spares an hour with few events all other state. */
  static final int INLINE = 16;

  private final int hour;
  private ItemHourly row;
  private boolean spilled;
  private String[] eventIds;
  private String[] userIds;
  private int ids;

  OpenHour(int hour, HourState state) {
    this.hour = hour;
    row = state.row();
    spilled = state.spilled();
    eventIds = state.eventIds();
    userIds = state.userIds();
    ids = eventIds.length;
  }

  ItemHourly row() {
    return row;
  }

  /** The state as it has to be written; shares nothing that changes later. */
  HourState state() {
    return new HourState(row, spilled, Arrays.copyOf(eventIds, ids), Arrays.copyOf(userIds, ids));
  }

  /**
   * Counts the event, unless it's a copy.
   *
   * @param spill the spilled ids, with this item as the current one
   * @return whether it was counted
   */
  boolean add(ItemEvent event, SpilledIds spill) throws Exception {
    Sighting sighting = see(event.userId(), event.eventId(), spill);
    if (sighting == Sighting.COPY) {
      return false;
    }
    row = row.plus(event, sighting == Sighting.NEW_WITH_USER);
    return true;
  }

  private Sighting see(String userId, String eventId, SpilledIds spill) throws Exception {
    if (spilled) {
      return spill.see(hour, userId, eventId);
    }
    Sighting sighting = userId == null ? Sighting.NEW : Sighting.NEW_WITH_USER;
    for (int i = 0; i < ids; i++) {
      if (Objects.equals(userIds[i], userId)) {
        if (eventIds[i].equals(eventId)) {
          return Sighting.COPY;
        }
        sighting = Sighting.NEW;
      }
    }
    if (ids == INLINE) {
      spillTo(spill);
      return spill.see(hour, userId, eventId);
    }
    remember(userId, eventId);
    return sighting;
  }

  private void remember(String userId, String eventId) {
    if (ids == eventIds.length) {
      int room = Math.min(INLINE, Math.max(4, 2 * ids));
      eventIds = Arrays.copyOf(eventIds, room);
      userIds = Arrays.copyOf(userIds, room);
    }
    eventIds[ids] = eventId;
    userIds[ids] = userId;
    ids++;
  }

  private void spillTo(SpilledIds spill) throws Exception {
    spill.begin(hour);
    for (int i = 0; i < ids; i++) {
      spill.see(hour, userIds[i], eventIds[i]);
    }
    spilled = true;
    eventIds = new String[0];
    userIds = new String[0];
    ids = 0;
  }
}
