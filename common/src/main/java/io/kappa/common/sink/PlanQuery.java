package io.kappa.common.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.log.Pin;
import io.kappa.common.log.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads from the catalogue what a run needs to know of its version. */
final class PlanQuery {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String ON_HEAP = "hashmap";
  private static final Set<String> ENDED = Set.of("RETIRED", "ABORTED");

  private final Connection connection;
  private final Run run;

  /**
   * @param connection in the transaction that locked the ledger
   */
  PlanQuery(Connection connection, Run run) {
    this.connection = connection;
    this.run = run;
  }

  /**
   * @throws IllegalArgumentException if the version is over or has no leg
   */
  VersionPlan plan() throws SQLException {
    String sql =
        "SELECT schema_name, phase, parameters, start, topic_ids, max_parallelism, rate"
            + " FROM kappa.version WHERE job = ? AND version = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      try (ResultSet row = statement.executeQuery()) {
        // The ledger's foreign key is to it.
        row.next();
        refuseEnded(row.getString("phase"));
        return new VersionPlan(
            run,
            row.getString("schema_name"),
            json(row.getString("parameters"), new TypeReference<Map<String, String>>() {}),
            pins(row.getString("start"), row.getString("topic_ids")),
            row.getInt("max_parallelism"),
            leg(),
            row.getLong("rate"));
      }
    }
  }

  private void refuseEnded(String phase) {
    if (ENDED.contains(phase)) {
      throw new IllegalArgumentException(
          "Version %d of %s is %s and can't run again; replay into a new one with `kappa replay %s`"
              .formatted(run.version(), run.job(), phase, run.job()));
    }
  }

  private LegPlan leg() throws SQLException {
    String sql =
        "SELECT number, start, fence, state_backend FROM kappa.leg WHERE job = ? AND version = ?"
            + " ORDER BY number DESC LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException(
              "Version %d of %s has no leg in the catalogue, so nobody knows where it begins; replay into a new version with `kappa replay %s`"
                  .formatted(run.version(), run.job(), run.job()));
        }
        return new LegPlan(
            row.getInt("number"),
            stretches(row.getString("start"), row.getString("fence")),
            ON_HEAP.equals(row.getString("state_backend")));
      }
    }
  }

  private static Map<String, Stretch> stretches(String start, String fence) {
    Map<String, Map<Integer, Long>> ends = fence == null ? Map.of() : offsets(fence);
    Map<String, Stretch> stretches = new HashMap<>();
    offsets(start)
        .forEach(
            (topic, first) ->
                stretches.put(topic, new Stretch(first, ends.getOrDefault(topic, Map.of()))));
    return stretches;
  }

  private static List<Pin> pins(String start, String topicIds) {
    Map<String, String> ids = json(topicIds, new TypeReference<>() {});
    List<Pin> pins = new ArrayList<>();
    offsets(start).forEach((topic, first) -> pins.add(new Pin(topic, ids.get(topic), first)));
    return pins;
  }

  private static Map<String, Map<Integer, Long>> offsets(String text) {
    return json(text, new TypeReference<>() {});
  }

  private static <T> T json(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The catalogue holds '%s'".formatted(text), e);
    }
  }
}
