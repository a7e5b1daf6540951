package io.kappa.common.event.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object as texts, so that tests can shuffle and spoil them. */
final class TopLevel {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TopLevel() {}

  /** Each field as {@code "name":value}. */
  static List<String> fields(byte[] object) {
    try {
      JsonNode node = MAPPER.readTree(object);
      List<String> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        fields.add('"' + field.getKey() + "\":" + field.getValue());
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The quoted name of a field. */
  static String name(String field) {
    return field.substring(0, field.indexOf('"', 1) + 1);
  }
}
