package io.kappa.jobs.frauddetection.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as rules write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 7d}. */
final class Lengths {

  private record Unit(String name, long millis) {}

  private static final List<Unit> LARGEST_FIRST =
      List.of(
          new Unit("d", 86_400_000),
          new Unit("h", 3_600_000),
          new Unit("m", 60_000),
          new Unit("s", 1_000),
          new Unit("ms", 1));

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Lengths() {}

  /** Milliseconds; nothing where the text is no length of time. */
  static Optional<Long> millis(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return LARGEST_FIRST.stream()
        .filter(unit -> unit.name().equals(form.group(2)))
        .map(unit -> Long.parseLong(form.group(1)) * unit.millis())
        .findFirst();
  }

  /** The one text of a length, in the largest unit that leaves no rest. */
  static String text(long millis) {
    Unit largest =
        LARGEST_FIRST.stream()
            .filter(unit -> millis % unit.millis() == 0)
            .findFirst()
            .orElseThrow();
    return millis / largest.millis() + largest.name();
  }
}
