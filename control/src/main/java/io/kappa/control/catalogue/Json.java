package io.kappa.control.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Tally;
import java.util.Map;
import java.util.TreeMap;

/** What the catalogue's {@code jsonb} columns hold, as values and back. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Map<Integer, Long>>> OFFSETS =
      new TypeReference<>() {};
  private static final TypeReference<Map<String, Map<Integer, Tally>>> TALLIES =
      new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private Json() {}

  /** A frontier: topic -> partition -> next offset. */
  public static Frontier frontier(String json) {
    return Frontier.of(read(json, OFFSETS));
  }

  /** All partitions' counts in one. */
  static Tally total(String json) {
    return read(json, TALLIES).values().stream()
        .flatMap(partitions -> partitions.values().stream())
        .reduce(Tally.NONE, Tally::plus);
  }

  /** Names and values. */
  public static Map<String, String> texts(String json) {
    return read(json, TEXTS);
  }

  /** A count of nothing for each partition that the frontier has. */
  static String nothingCounted(Frontier frontier) {
    TreeMap<String, Map<Integer, Tally>> counts = new TreeMap<>();
    frontier
        .offsets()
        .forEach(
            (topic, partitions) -> {
              TreeMap<Integer, Tally> none = new TreeMap<>();
              partitions.keySet().forEach(partition -> none.put(partition, Tally.NONE));
              counts.put(topic, none);
            });
    return text(counts);
  }

  /** Any value as JSON. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be said as JSON: " + value, e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the catalogue holds JSON of another form: " + json, e);
    }
  }
}
