package io.kappa.common.event.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;

/** Writes the fields of one JSON object, one after the other; absent ones are left out. */
final class FieldWriter {

  /** Writes the fields of one event. */
  @FunctionalInterface
  interface Fields {
    void write(FieldWriter out) throws IOException;
  }

  private final JsonGenerator json;

  private FieldWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The bytes of an object with the given fields. */
  static byte[] write(JsonFactory factory, Fields fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(new FieldWriter(json));
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalArgumentException("event can't be written: " + e.getMessage(), e);
    }
  }

  void text(String name, String value) throws IOException {
    if (value != null) {
      if (!Unicode.isStorable(value)) {
        throw new IllegalArgumentException(
            "%s: %s; allowed: %s".formatted(name, Shown.text(value), Unicode.ALLOWED));
      }
      json.writeStringField(name, value);
    }
  }

  void number(String name, Long value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  void flag(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  /** A value that is JSON already. */
  void json(String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }
}
