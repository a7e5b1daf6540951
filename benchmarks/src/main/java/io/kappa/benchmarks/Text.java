package io.kappa.benchmarks;

import java.util.Locale;

/** Figures as pages show them, the same everywhere. */
public final class Text {

  private Text() {}

  /** With commas. */
  public static String number(long value) {
    return format("%,d", value);
  }

  /** From 0 to 1, as a percentage. */
  static String share(double value) {
    return format("%.1f %%", 100 * value);
  }

  /** Rounded to a whole; a dash for what isn't known. */
  static String whole(double value) {
    return Double.isNaN(value) ? "-" : format("%,.0f", value);
  }

  /** In the form of everywhere. */
  public static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
