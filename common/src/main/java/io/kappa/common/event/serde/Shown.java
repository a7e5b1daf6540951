package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Text of a record as a message may show it. */
final class Shown {

  private static final int LONGEST = 120;

  private Shown() {}

  /**
   * The text, cut where it's long, without what a store or a terminal can't take: control
   * characters (PostgreSQL refuses NUL) and surrogates.
   */
  static String text(String text) {
    int length = Math.min(text.length(), LONGEST);
    StringBuilder shown = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return text.length() > LONGEST ? shown.append('\u2026').toString() : shown.toString();
  }

  /** What a parser says, without where its own source lies. */
  static String parserMessage(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int marker = message.indexOf(" (start marker");
    String words = marker < 0 ? message : message.substring(0, marker);
    JsonLocation place = e.getLocation();
    return place == null ? words : "byte %d: %s".formatted(place.getByteOffset(), words);
  }
}
