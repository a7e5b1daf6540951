package io.kappa.local.data;

import java.util.regex.Pattern;

/** A decimal number without an exponent, of a length that can be calculated with. */
final class PlainNumber {

  private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private PlainNumber() {}

  static boolean is(String text) {
    return FORM.matcher(text).matches();
  }
}
