package io.kappa.common.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)|0");

  private Durations() {}

  /**
   * What {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d} or {@code 0} is in
   * milliseconds.
   *
   * @throws IllegalArgumentException if it's none of these; its message says what is allowed
   */
  public static Long millis(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "allowed is a number with ms, s, m, h or d behind it, such as 30s");
    }
    if (matcher.group(1) == null) {
      return 0L;
    }
    return Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1L;
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      case "d" -> 86_400_000L;
      default -> throw new IllegalArgumentException("no unit of time: " + name);
    };
  }
}
