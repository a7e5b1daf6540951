package io.kappa.common.sink;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.log.Progress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a version stands in the log: its frontier, and what became of the records before it.
 *
 * @param frontier topic -> partition -> next offset
 * @param counts topic -> partition -> counts since the version's start
 */
public record Position(
    Map<String, Map<Integer, Long>> frontier, Map<String, Map<Integer, Counts>> counts) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** What became of the records of a partition. */
  public record Counts(
      @JsonProperty("applied") long applied,
      @JsonProperty("filtered") long filtered,
      @JsonProperty("quarantined") long quarantined,
      @JsonProperty("gaps") long gaps) {

    long all() {
      return applied + filtered + quarantined + gaps;
    }
  }

  public Position {
    frontier = sorted(frontier);
    counts = sorted(counts);
  }

  private static <V> Map<String, Map<Integer, V>> sorted(Map<String, Map<Integer, V>> map) {
    TreeMap<String, Map<Integer, V>> copy = new TreeMap<>();
    map.forEach(
        (topic, partitions) ->
            copy.put(topic, Collections.unmodifiableMap(new TreeMap<>(partitions))));
    return Collections.unmodifiableMap(copy);
  }

  static Position parse(String frontier, String counts) {
    try {
      return new Position(
          JSON.readValue(frontier, new TypeReference<Map<String, Map<Integer, Long>>>() {}),
          JSON.readValue(counts, new TypeReference<Map<String, Map<Integer, Counts>>>() {}));
    } catch (JsonProcessingException e) {
      throw new LedgerConflictException("The ledger's frontier or counts can't be read", e);
    }
  }

  String frontierJson() {
    return json(frontier);
  }

  String countsJson() {
    return json(counts);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The position after partitions moved on.
   *
   * @throws LedgerConflictException if a partition goes backwards, isn't known, or lost records
   */
  Position advance(Collection<Progress> moves) {
    TreeMap<String, Map<Integer, Long>> nextFrontier = new TreeMap<>(frontier);
    TreeMap<String, Map<Integer, Counts>> nextCounts = new TreeMap<>(counts);
    for (Progress move : moves) {
      Counts now = new Counts(move.applied(), move.filtered(), move.quarantined(), move.gaps());
      conserve(move, now);
      nextFrontier.merge(move.topic(), Map.of(move.partition(), move.next()), Position::with);
      nextCounts.merge(move.topic(), Map.of(move.partition(), now), Position::with);
    }
    return new Position(nextFrontier, nextCounts);
  }

  private void conserve(Progress move, Counts now) {
    Long next = frontier.getOrDefault(move.topic(), Map.of()).get(move.partition());
    Counts before = counts.getOrDefault(move.topic(), Map.of()).get(move.partition());
    if (next == null || before == null) {
      throw new LedgerConflictException(
          "The ledger doesn't know partition %d of topic %s"
              .formatted(move.partition(), move.topic()));
    }
    if (move.next() - next != now.all() - before.all() || move.next() < next) {
      throw new LedgerConflictException(
          ("Partition %d of topic %s went from offset %d to %d, but %d records were accounted for; the"
                  + " tables and the frontier would not agree")
              .formatted(
                  move.partition(), move.topic(), next, move.next(), now.all() - before.all()));
    }
  }

  private static <V> Map<Integer, V> with(Map<Integer, V> old, Map<Integer, V> moved) {
    TreeMap<Integer, V> both = new TreeMap<>(old);
    both.putAll(moved);
    return both;
  }
}
