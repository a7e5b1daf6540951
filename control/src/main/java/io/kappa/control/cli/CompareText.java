package io.kappa.control.cli;

import io.kappa.control.compare.Measure;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of a comparison as people read them. */
final class CompareText {

  private static final int MOST_CHARACTERS = 60;

  private CompareText() {}

  /** A difference with its unit; nothing where there is none. */
  static String of(Optional<Measure> measure, boolean largest) {
    if (measure.isEmpty()) {
      return "";
    }
    double size = largest ? measure.get().largest() : measure.get().typical();
    return switch (measure.get().kind()) {
      case ABSOLUTE -> number(size);
      case RELATIVE -> percent(size);
      case SECONDS -> time(size);
    };
  }

  static String number(double number) {
    return number == Math.rint(number) && number < 1e15
        ? "%,d".formatted((long) number)
        : "%.4g".formatted(number);
  }

  static String percent(double share) {
    double percent = share * 100;
    return percent > 0 && percent < 0.05 ? "< 0.1 %" : "%,.1f %%".formatted(percent);
  }

  private static String time(double seconds) {
    if (seconds < 120) {
      return "%s s".formatted(number(seconds));
    }
    if (seconds < 7_200) {
      return "%,.1f min".formatted(seconds / 60);
    }
    return seconds < 172_800
        ? "%,.1f h".formatted(seconds / 3_600)
        : "%,.1f days".formatted(seconds / 86_400);
  }

  /** One side of a sample on one line, cut if it's long; {@code NULL} where there is none. */
  static String side(String value) {
    if (value == null) {
      return "NULL";
    }
    String line =
        value
            .codePoints()
            .mapToObj(
                c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
            .collect(Collectors.joining());
    int length = line.codePointCount(0, line.length());
    return length <= MOST_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_CHARACTERS - 1)) + "…";
  }

  /** A day without the midnight that it begins with, or a value as it is. */
  static String place(String unit, String value) {
    return side(unit.equals("day") ? value.replaceFirst(" .*", "") : value);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String rows(long rows) {
    return rows == 1 ? "1 row" : "%,d rows".formatted(rows);
  }
}
