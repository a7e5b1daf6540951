package io.kappa.benchmarks;

import java.util.Locale;

/** Figures as pages show them, the same everywhere. */
final class Text {

  private Text() {}

  static String number(long value) {
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

  static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
