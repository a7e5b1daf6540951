package io.kappa.jobs.activitymetrics;

/** An item's hour while events are being added to it, between two writes of its state. */
final class OpenHour {

  /** So many keys are kept beside the row, which spares an hour with few events all other state. */
  static final int INLINE = 16;

  private final int hour;
  private ItemHourly row;
  private KeyList keys;
  private SpilledHour spilled;

  OpenHour(int hour, HourState state) {
    this.hour = hour;
    row = state.row();
    keys = new KeyList(state.keys());
  }

  int hour() {
    return hour;
  }

  ItemHourly row() {
    return row;
  }

  /** The state as it has to be written; shares nothing that changes later. */
  HourState state() {
    return new HourState(row, keys.bytes());
  }

  /**
   * Counts the event, unless it's a copy.
   *
   * @param spill the spilled keys, with this item as the current one
   * @return whether it was counted
   */
  boolean add(ItemEvent event, SpilledKeys spill) throws Exception {
    Sighting sighting = see(event.key(), spill);
    if (sighting == Sighting.COPY) {
      return false;
    }
    row = row.plus(event, sighting == Sighting.NEW_WITH_USER);
    return true;
  }

  /** Of each event that was counted the key is known, so their number says where keys are. */
  private Sighting see(EventKey key, SpilledKeys spill) throws Exception {
    long known = row.events();
    if (known > INLINE) {
      if (spilled == null) {
        spilled = spill.open(hour);
      }
      return spilled.see(key, known);
    }
    int ofUser = keys.find(key);
    if (ofUser == KeyList.FOUND) {
      return Sighting.COPY;
    }
    if (known == INLINE) {
      spilled = spill.begin(hour, keys, INLINE);
      keys = KeyList.empty();
      return spilled.see(key, known);
    }
    keys.add(key, false);
    return ofUser == 0 && key.hasUser() ? Sighting.NEW_WITH_USER : Sighting.NEW;
  }

  /** Writes the keys that aren't in {@link #state}, as the last thing before it is dropped. */
  void writeSpilled() throws Exception {
    if (spilled != null) {
      spilled.write();
    }
  }

  /** It's dropped without being written. */
  void letGo() {
    if (spilled != null) {
      spilled.letGo();
    }
  }
}
