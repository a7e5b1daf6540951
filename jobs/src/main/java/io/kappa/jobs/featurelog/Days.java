package io.kappa.jobs.featurelog;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;

/** Days of event time, UTC, numbered from the epoch. */
final class Days {

  static final long MS = 86_400_000L;

  private static final long HOUR_MS = 3_600_000L;

  private Days() {}

  /** The number of the day that an event time, in milliseconds, falls into. */
  static int of(long at) {
    return (int) Math.floorDiv(at, MS);
  }

  /** The day's last millisecond. */
  static long last(int day) {
    return (day + 1) * MS - 1;
  }

  /** From 0 to 23. */
  static int hour(long at) {
    return (int) (Math.floorMod(at, MS) / HOUR_MS);
  }

  static boolean isWeekend(long at) {
    DayOfWeek day = Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).getDayOfWeek();
    return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
  }
}
