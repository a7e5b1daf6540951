package io.kappa.peers.kafkastreams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads records of {@code activity}. */
final class EventReader {

  private final JsonFactory factory = new JsonFactory();

  /**
   * Reads one record.
   *
   * @param into what it says; unspecified if the record is none
   * @return whether it is a record with the fields that it must have
   */
  boolean read(byte[] json, Event into) {
    into.clear();
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          text(name, parser, into);
        } else if (value == JsonToken.VALUE_NUMBER_INT) {
          number(name, parser, into);
        } else {
          parser.skipChildren();
        }
      }
      return into.isWhole();
    } catch (IOException e) {
      return false;
    }
  }

  private static void text(String name, JsonParser parser, Event into) throws IOException {
    switch (name) {
      case "userId" -> set(into.user, parser);
      case "itemId" -> set(into.item, parser);
      case "country" -> set(into.country, parser);
      case "kind" -> {
        switch (parser.getText()) {
          case "view", "play" -> into.isWatch = true;
          case "purchase", "return" -> into.isTrade = true;
          default -> {}
        }
      }
      default -> {}
    }
  }

  private static void number(String name, JsonParser parser, Event into) throws IOException {
    switch (name) {
      case "at" -> into.at = parser.getLongValue();
      case "durationMs" -> into.durationMs = parser.getLongValue();
      case "quantity" -> into.quantity = parser.getLongValue();
      case "amountCents" -> into.amountCents = parser.getLongValue();
      default -> {}
    }
  }

  private static void set(Text text, JsonParser parser) throws IOException {
    text.set(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }
}
