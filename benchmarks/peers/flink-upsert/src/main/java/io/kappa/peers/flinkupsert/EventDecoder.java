package io.kappa.peers.flinkupsert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Reads the JSON of the topic {@code activity}, only the fields that the tables need. */
final class EventDecoder extends AbstractDeserializationSchema<ItemEvent> {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Decodes one value.
   *
   * @throws IOException if it isn't JSON, or has no item or moment
   */
  @Override
  public ItemEvent deserialize(byte[] value) throws IOException {
    String itemId = null;
    String userId = null;
    String country = null;
    String kind = "";
    long at = Long.MIN_VALUE;
    long durationMs = 0;
    long quantity = 0;
    long amountCents = 0;
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (name) {
          case "itemId" -> itemId = text(parser);
          case "userId" -> userId = text(parser);
          case "country" -> country = text(parser);
          case "kind" -> kind = parser.getText();
          case "at" -> at = parser.getLongValue();
          case "durationMs" -> durationMs = parser.getLongValue();
          case "quantity" -> quantity = parser.getLongValue();
          case "amountCents" -> amountCents = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
    }
    if (itemId == null || at == Long.MIN_VALUE) {
      throw new IOException("An event without itemId or at");
    }
    boolean trade = kind.equals("purchase") || kind.equals("return");
    boolean watch = kind.equals("view") || kind.equals("play");
    return new ItemEvent(
        itemId,
        userId,
        country,
        at,
        watch ? durationMs : 0,
        trade ? quantity : 0,
        trade ? amountCents : 0);
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getText();
    return text.isEmpty() ? null : text;
  }
}
