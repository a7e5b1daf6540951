package io.kappa.local.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kappa.common.event.serde.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the columns of a CSV become the fields of an event; read from a small YAML file. */
public final class Mapping {

  private static final List<String> SHIPPED = List.of("online-retail");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A field of the event and where it comes from. */
  record Field(String name, FieldType type, FieldSource source) {}

  private final String name;
  private final Topic<?> topic;
  private final CsvForm form;
  private final List<Field> fields;

  /**
   * @param name where it comes from, for messages
   */
  Mapping(String name, Topic<?> topic, CsvForm form, List<Field> fields) {
    this.name = name;
    this.topic = topic;
    this.form = form;
    this.fields = List.copyOf(fields);
  }

  /** The names of the mappings that are shipped. */
  public static List<String> shipped() {
    return SHIPPED;
  }

  /**
   * A mapping that is shipped, by its name, or one in a file, by its path.
   *
   * @throws DataException if there is none, or its content is wrong
   */
  public static Mapping named(String nameOrPath) {
    try {
      if (SHIPPED.contains(nameOrPath)) {
        try (InputStream in =
            Mapping.class.getResourceAsStream("mappings/" + nameOrPath + ".yaml")) {
          return MappingFile.read(nameOrPath, in.readAllBytes());
        }
      }
      Path path = Path.of(nameOrPath);
      if (Files.isRegularFile(path)) {
        return MappingFile.read(nameOrPath, Files.readAllBytes(path));
      }
    } catch (InvalidPathException e) {
      throw unknown(nameOrPath);
    } catch (IOException e) {
      throw new DataException(
          "mapping %s: can't be read (%s)".formatted(nameOrPath, e), "See that you may read it", e);
    }
    throw unknown(nameOrPath);
  }

  private static DataException unknown(String nameOrPath) {
    return new DataException(
        "mapping %s: neither shipped nor a file".formatted(nameOrPath),
        "Name one of %s, or give the path of your own".formatted(String.join(", ", SHIPPED)));
  }

  /**
   * @throws DataException if this mapping makes events of another topic
   */
  void checkTopic(Topic<?> wanted) {
    if (!topic.name().equals(wanted.name())) {
      throw new DataException(
          "mapping %s: makes events of topic %s, not of %s".formatted(name, topic, wanted),
          "Load into %s, or name another mapping".formatted(topic));
    }
  }

  /**
   * @throws DataException if the header lacks a column that a field needs
   */
  void checkColumns(Path file, Map<String, Integer> header) {
    List<String> missing = new ArrayList<>();
    for (Field field : fields) {
      for (String column : field.source().columns()) {
        if (!header.containsKey(column)) {
          missing.add("%s (for %s)".formatted(column, field.name()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: mapping %s needs the columns %s; there are %s"
              .formatted(
                  file, name, String.join(", ", missing), String.join(", ", header.keySet())),
          "Mend the mapping, or name another one");
    }
  }

  /** How the file is written. */
  CsvForm form() {
    return form;
  }

  /** The row as JSON, to be checked by the topic's decoder. */
  byte[] toJson(CsvRow row) throws BadRow {
    ObjectNode json = JSON.createObjectNode();
    for (Field field : fields) {
      Optional<String> text = field.source().read(row);
      if (text.isPresent()) {
        field.type().put(json, field.name(), text.get());
      }
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
