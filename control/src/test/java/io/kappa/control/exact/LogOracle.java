package io.kappa.control.exact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.event.Activity;
import io.kappa.jobs.activitymetrics.ActivityMetricsOracle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What {@code activity-metrics} has to show for a frontier, computed from the records before it as
 * plainly as can be: JSON by Jackson's tree, lateness by a loop, tables by the job's own oracle.
 */
public final class LogOracle {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** A record, and what has to become of it. */
  private record Judged(long offset, Optional<Activity> event, String reason) {}

  private final Map<Integer, List<Judged>> partitions = new TreeMap<>();
  private final long lateness;
  private final long future;

  /**
   * @param lateness milliseconds
   * @param future milliseconds
   */
  public LogOracle(ReadLog log, long lateness, long future) {
    this.lateness = lateness;
    this.future = future;
    log.partitions().forEach((partition, records) -> partitions.put(partition, judged(records)));
  }

  private List<Judged> judged(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Judged> judged = new ArrayList<>();
    long highest = Long.MIN_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Optional<Activity> event = decode(record.value());
      String reason = "";
      if (event.isEmpty()) {
        reason = "broken";
      } else if (event.get().at() > record.timestamp() + future) {
        reason = "future";
      } else if (highest != Long.MIN_VALUE && event.get().at() < highest - lateness) {
        reason = "late";
      } else {
        highest = Math.max(highest, event.get().at());
      }
      judged.add(new Judged(record.offset(), event, reason));
    }
    return judged;
  }

  /** The tables by name, and {@code quarantine} as place to reason. */
  public Map<String, Map<List<Object>, List<Object>>> tables(Map<Integer, Long> frontier) {
    return tables(frontier, 0);
  }

  /** The same for a version that leaves out shorter views and plays; milliseconds. */
  public Map<String, Map<List<Object>, List<Object>>> tables(
      Map<Integer, Long> frontier, long minWatch) {
    List<Activity> accepted = new ArrayList<>();
    Map<List<Object>, List<Object>> quarantine = new TreeMap<>(LogOracle::compare);
    frontier.forEach(
        (partition, next) -> {
          for (Judged record : partitions.get(partition)) {
            if (record.offset() >= next) {
              break;
            }
            if (record.reason().isEmpty()) {
              accepted.add(record.event().orElseThrow());
            } else {
              quarantine.put(List.of(partition, record.offset()), List.of(record.reason()));
            }
          }
        });
    Map<String, Map<List<Object>, List<Object>>> tables =
        new TreeMap<>(ActivityMetricsOracle.tables(accepted, minWatch));
    tables.put("quarantine", quarantine);
    return tables;
  }

  private static int compare(List<Object> a, List<Object> b) {
    int partitions = Integer.compare((Integer) a.get(0), (Integer) b.get(0));
    return partitions != 0 ? partitions : Long.compare((Long) a.get(1), (Long) b.get(1));
  }

  private static Optional<Activity> decode(byte[] value) {
    if (value == null || value.length > 1 << 20) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(new String(value, StandardCharsets.UTF_8));
      if (node == null || !node.isObject()) {
        return Optional.empty();
      }
      if (!Stream.of("eventId", "itemId", "kind").allMatch(name -> node.path(name).isTextual())) {
        return Optional.empty();
      }
      if (node.path("durationMs").asLong() < 0) {
        return Optional.empty();
      }
      if (!node.path("at").canConvertToLong() || node.path("at").asLong() < 946_684_800_000L) {
        return Optional.empty();
      }
      return Optional.of(event(node));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Activity event(JsonNode node) {
    return new Activity(
        node.get("eventId").asText(),
        text(node, "userId"),
        node.get("itemId").asText(),
        Activity.Kind.valueOf(node.get("kind").asText().toUpperCase(Locale.ROOT)),
        node.get("at").asLong(),
        number(node, "durationMs"),
        number(node, "quantity"),
        number(node, "amountCents"),
        text(node, "country"),
        text(node, "device"));
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static Long number(JsonNode node, String field) {
    return node.hasNonNull(field) ? (Long) node.get(field).asLong() : null;
  }
}
