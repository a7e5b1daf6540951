package io.kappa.jobs.activitymetrics;

/**
 * State of one item in one hour: its row, and the keys of the events that it counted, as long as
 * they are few; then they are in {@link SpilledHour}.
 *
 * @param keys a {@link KeyList}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record HourState(ItemHourly row, byte[] keys) {

  static HourState none(String itemId, int hour) {
    return new HourState(ItemHourly.none(itemId, hour), KeyList.empty().bytes());
  }
}
