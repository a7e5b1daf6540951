package io.kappa.local.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** A part of a mapping that has keys, and the place where it stands. */
final class MappingSection {

  static final String REMEDY = "Mend the mapping; online-retail, which is shipped, is an example";

  private final String mapping;
  private final String place;
  private final JsonNode node;

  private MappingSection(String mapping, String place, JsonNode node) {
    this.mapping = mapping;
    this.place = place;
    this.node = node;
  }

  static MappingSection of(String mapping, String place, JsonNode node) {
    if (!node.isObject()) {
      throw new DataException(
          "mapping %s: %s has no keys".formatted(mapping, place.isEmpty() ? "the file" : place),
          REMEDY);
    }
    return new MappingSection(mapping, place, node);
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  boolean has(String key) {
    return node.has(key);
  }

  void allowOnly(Collection<String> allowed) {
    for (String key : keys()) {
      if (!allowed.contains(key)) {
        throw new DataException(
            "mapping %s: unknown key %s; allowed: %s"
                .formatted(mapping, at(key), String.join(", ", new TreeSet<>(allowed))),
            REMEDY);
      }
    }
  }

  MappingSection section(String key) {
    return of(mapping, at(key), node.path(key));
  }

  /** The text or the number of a key that must be there. */
  String text(String key) {
    if (!node.hasNonNull(key)) {
      throw new DataException(
          "mapping %s: %s is missing; there is %s"
              .formatted(mapping, at(key), String.join(", ", keys())),
          REMEDY);
    }
    return text(node.get(key), key);
  }

  String text(String key, String otherwise) {
    return node.hasNonNull(key) ? text(node.get(key), key) : otherwise;
  }

  List<String> texts(String key) {
    if (!node.path(key).isArray() || node.get(key).isEmpty()) {
      throw wrong(key, node.path(key).toString(), "a list, such as [Quantity, 100]");
    }
    List<String> texts = new ArrayList<>();
    node.get(key).forEach(item -> texts.add(text(item, key)));
    return texts;
  }

  DataException wrong(String key, String seen, String allowed) {
    return new DataException(
        "mapping %s: %s: %s; allowed: %s".formatted(mapping, at(key), seen, allowed), REMEDY);
  }

  private String text(JsonNode value, String key) {
    if (!value.isValueNode() || value.isNull()) {
      throw wrong(key, value.toString(), "a text or a number");
    }
    return value.asText();
  }

  private String at(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
