package io.kappa.common.job;

import java.util.Optional;
import java.util.function.Function;

/**
 * A setting of a job that is part of a version: how it's called, what it is when nobody says, how
 * text becomes a value, and what is allowed.
 *
 * @param defaultText the default, as somebody would write it
 * @param parse text to value; throws {@link IllegalArgumentException} with what is allowed
 * @param check the problem with a value, if there is one
 */
public record Parameter<T>(
    String name,
    String defaultText,
    String description,
    Function<String, T> parse,
    Function<T, Optional<String>> check) {

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException naming the parameter, the text and what is allowed
   */
  public T read(String text) {
    T value;
    try {
      value = parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw problem(text, e.getMessage());
    }
    check
        .apply(value)
        .ifPresent(
            allowed -> {
              throw problem(text, allowed);
            });
    return value;
  }

  private IllegalArgumentException problem(String text, String allowed) {
    return new IllegalArgumentException("%s=%s: %s".formatted(name, text, allowed));
  }

  /** A length of time: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}, or 0. */
  public static Parameter<Long> duration(String name, String defaultText, String description) {
    return new Parameter<>(
        name, defaultText, description, Durations::millis, value -> Optional.empty());
  }

  /** A whole number within bounds. */
  public static Parameter<Long> whole(
      String name, long defaultValue, long least, long most, String description) {
    return new Parameter<>(
        name,
        Long.toString(defaultValue),
        description,
        Parameter::wholeNumber,
        value ->
            value >= least && value <= most
                ? Optional.empty()
                : Optional.of("allowed is %d to %d".formatted(least, most)));
  }

  private static Long wholeNumber(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("allowed is a whole number", e);
    }
  }
}
