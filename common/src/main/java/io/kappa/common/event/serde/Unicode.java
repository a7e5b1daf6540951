package io.kappa.common.event.serde;

/** Whether text can be kept as it is, in UTF-8 and in PostgreSQL. */
final class Unicode {

  static final String ALLOWED = "text without NUL and without half a surrogate pair";

  private Unicode() {}

  /** Whether there is neither a NUL nor half a surrogate pair. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
