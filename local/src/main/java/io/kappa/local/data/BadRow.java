package io.kappa.local.data;

/** A row that no event can be made of. Has no stack trace: a file may be full of them. */
final class BadRow extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 60;

  BadRow(String message) {
    super(message, null, false, false);
  }

  /**
   * @param place the column or the field
   */
  BadRow(String place, String seen, String allowed) {
    this("%s: %s; allowed: %s".formatted(place, shortened(seen), allowed));
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "\u2026" : text;
  }
}
