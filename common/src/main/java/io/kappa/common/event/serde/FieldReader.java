package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kappa.common.event.serde.Decoded.Reason;
import java.io.IOException;
import java.util.Map;

/**
 * Reads the fields of one JSON object, one after the other, and checks each. The readers of values
 * take what the same field gave before ({@code null}: nothing): a second value is absurd, a {@code
 * null} changes nothing.
 */
final class FieldReader {

  private final JsonParser parser;
  private final boolean escapes;
  private String name;

  /**
   * @param escapes whether there may be escapes: only they can make a NUL or half a surrogate pair
   */
  FieldReader(JsonParser parser, boolean escapes) {
    this.parser = parser;
    this.escapes = escapes;
  }

  /** Goes to the next field; each must be read or skipped. */
  boolean next() throws IOException {
    name = parser.nextFieldName();
    return name != null;
  }

  String name() {
    return name;
  }

  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  /** An id, a name or a code. */
  String id(String held) throws IOException, Rejection {
    return text(held, Limits.ID_LENGTH);
  }

  String text(String held, int longest) throws IOException, Rejection {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return held;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw absurd("text");
    }
    String text = parser.getText();
    if (text.length() > longest) {
      throw Rejection.absurd(
          name, text.length() + " characters", "at most %d of them".formatted(longest));
    }
    if (escapes && !Unicode.isStorable(text)) {
      throw Rejection.absurd(name, text, Unicode.ALLOWED);
    }
    return text.isEmpty() ? held : once(held, text);
  }

  /** A whole number between two bounds, both allowed. */
  Long integer(Long held, long least, long most) throws IOException, Rejection {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return held;
    }
    if (token != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw absurd("a whole number from %d to %d".formatted(least, most));
    }
    long number = parser.getLongValue();
    if (number < least || number > most) {
      throw absurd("a whole number from %d to %d".formatted(least, most));
    }
    return once(held, number);
  }

  /** A moment, in milliseconds since the epoch. */
  Long moment(Long held) throws IOException, Rejection {
    return integer(held, EventDecoder.EARLIEST_AT, Limits.LATEST_AT);
  }

  /** A quantity or an amount of money, either way. */
  Long amount(Long held) throws IOException, Rejection {
    return integer(held, -Limits.AMOUNT, Limits.AMOUNT);
  }

  Boolean flag(Boolean held) throws IOException, Rejection {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> held;
      case VALUE_TRUE -> once(held, true);
      case VALUE_FALSE -> once(held, false);
      default -> throw absurd("true or false");
    };
  }

  /** One of the kinds there are, by name. */
  <K> K kind(K held, Map<String, K> kinds) throws IOException, Rejection {
    String text = text(null, Limits.TEXT_LENGTH);
    if (text == null) {
      return held;
    }
    K kind = kinds.get(text);
    if (kind == null) {
      throw new Rejection(
          Reason.UNKNOWN_KIND,
          "%s: %s; allowed: %s"
              .formatted(name, Shown.text(text), String.join(", ", kinds.keySet())));
    }
    return once(held, kind);
  }

  /** A JSON object, as canonical text. */
  String object(String held) throws IOException, Rejection {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return held;
    }
    if (token != JsonToken.START_OBJECT) {
      throw absurd("an object");
    }
    if (parser.canParseAsync()) {
      // The parser of many makes 0 of -0, and here a number's text counts.
      throw new Rejection(Reason.NOT_JSON, "an object among many records");
    }
    return once(held, CanonicalJson.read(parser, name));
  }

  /** The value of a field that must be there. */
  static <T> T required(String field, T value) throws Rejection {
    if (value == null) {
      throw Rejection.missing(field);
    }
    return value;
  }

  private <T> T once(T held, T value) throws Rejection {
    if (held != null) {
      throw Rejection.absurd(name, "two values", "one");
    }
    return value;
  }

  private Rejection absurd(String allowed) throws IOException {
    JsonToken token = parser.currentToken();
    String seen = token.isStructStart() ? token.asString() : parser.getText();
    return Rejection.absurd(name, seen, allowed);
  }
}
