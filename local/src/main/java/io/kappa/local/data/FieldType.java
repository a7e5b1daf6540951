package io.kappa.local.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.common.event.serde.Topic;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the text of a column is written in JSON. */
enum FieldType {
  TEXT {
    @Override
    void put(ObjectNode json, String field, String text) {
      json.put(field, text);
    }
  },
  WHOLE_NUMBER {
    @Override
    void put(ObjectNode json, String field, String text) throws BadRow {
      try {
        json.put(field, Long.parseLong(text));
      } catch (NumberFormatException e) {
        throw new BadRow("field " + field, text, "a whole number");
      }
    }
  },
  FLAG {
    @Override
    void put(ObjectNode json, String field, String text) throws BadRow {
      switch (text) {
        case "true" -> json.put(field, true);
        case "false" -> json.put(field, false);
        default -> throw new BadRow("field " + field, text, "true or false");
      }
    }
  };

  abstract void put(ObjectNode json, String field, String text) throws BadRow;

  /** The fields of a topic's events, in the order of their declaration. */
  static Map<String, FieldType> of(Topic<?> topic) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    for (RecordComponent component : topic.eventType().getRecordComponents()) {
      types.put(component.getName(), of(component.getType()));
    }
    return types;
  }

  private static FieldType of(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return WHOLE_NUMBER;
    }
    return type == boolean.class ? FLAG : TEXT;
  }
}
