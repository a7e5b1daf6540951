package io.kappa.peers.hazelcast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Records of the topic {@code activity}, from JSON. */
final class Decoder {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Decoder() {}

  /** The event, or {@code null} if the record isn't one. */
  static Activity decode(byte[] value) {
    if (value == null) {
      return null;
    }
    try (JsonParser parser = FACTORY.createParser(value)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static Activity read(JsonParser parser) throws IOException {
    String item = null;
    String user = null;
    String country = null;
    String kind = "";
    long at = Long.MIN_VALUE;
    long durationMs = 0;
    long quantity = 0;
    long cents = 0;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        switch (name) {
          case "itemId" -> item = text(parser);
          case "userId" -> user = text(parser);
          case "country" -> country = text(parser);
          case "kind" -> kind = parser.getText();
          default -> {}
        }
      } else if (token == JsonToken.VALUE_NUMBER_INT) {
        switch (name) {
          case "at" -> at = parser.getLongValue();
          case "durationMs" -> durationMs = parser.getLongValue();
          case "quantity" -> quantity = parser.getLongValue();
          case "amountCents" -> cents = parser.getLongValue();
          default -> {}
        }
      } else {
        parser.skipChildren();
      }
    }
    if (item == null || at == Long.MIN_VALUE) {
      return null;
    }
    return switch (kind) {
      case "view", "play" -> new Activity(item, user, country, at, durationMs, 0, 0);
      case "purchase", "return" -> new Activity(item, user, country, at, 0, quantity, cents);
      default -> new Activity(item, user, country, at, 0, 0, 0);
    };
  }

  /** An empty text is the same as no field at all. */
  private static String text(JsonParser parser) throws IOException {
    String text = parser.getText();
    return text.isEmpty() ? null : text;
  }
}
