package io.kappa.benchmarks.limit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The fields of an {@code activity} that the tables are made of. One object takes all records. */
final class Fields {

  private static final JsonFactory JSON = new JsonFactory();

  String userId;
  String itemId;
  String country;
  boolean trade;
  boolean watch;
  long at;
  long durationMs;
  long quantity;
  long amountCents;

  /** Takes a record's fields over those of the one before; absent numbers are 0. */
  void read(byte[] value) throws IOException {
    userId = null;
    itemId = null;
    country = null;
    trade = false;
    watch = false;
    at = 0;
    durationMs = 0;
    quantity = 0;
    amountCents = 0;
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        field(name, parser);
      }
    }
  }

  private void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "userId" -> userId = parser.getText();
      case "itemId" -> itemId = parser.getText();
      case "country" -> country = parser.getText();
      case "kind" -> kind(parser.getText());
      case "at" -> at = parser.getLongValue();
      case "durationMs" -> durationMs = parser.getLongValue();
      case "quantity" -> quantity = parser.getLongValue();
      case "amountCents" -> amountCents = parser.getLongValue();
      default -> parser.skipChildren();
    }
  }

  private void kind(String kind) {
    trade = kind.equals("purchase") || kind.equals("return");
    watch = kind.equals("view") || kind.equals("play");
  }
}
