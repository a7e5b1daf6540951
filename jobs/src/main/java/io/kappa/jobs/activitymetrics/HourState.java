package io.kappa.jobs.activitymetrics;

/**
 * State of one item in one hour: its row, and the event ids that it counted, as long as they are
 * few. Two arrays of strings, as that's the smallest form of a pair list on disk.
 *
 * @param spilled whether the ids are in {@link SpilledIds} instead
 * @param eventIds the ids counted; empty once spilled
 * @param userIds whose they are, place by place; {@code null} where nobody was signed in
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record HourState(ItemHourly row, boolean spilled, String[] eventIds, String[] userIds) {

  static HourState none(String itemId, int hour) {
    return new HourState(ItemHourly.none(itemId, hour), false, new String[0], new String[0]);
  }
}
