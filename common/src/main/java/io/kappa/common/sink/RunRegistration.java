package io.kappa.common.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.log.Pin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a submission known to the catalogue before it is one: it gets the ledger, with a generation
 * and a token of its own, and whoever had it before can write nothing from then on.
 */
public final class RunRegistration {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Set<String> ENDED = Set.of("RETIRED", "ABORTED");

  private final StoreAddress store;

  public RunRegistration(StoreAddress store) {
    this.store = store;
  }

  /**
   * Takes the ledger of a version over for a new run.
   *
   * @param restored whether the run goes on from a checkpoint or savepoint
   * @throws IllegalArgumentException if there is no such version, or it can't be run so
   * @throws SQLException if the store can't be asked
   */
  public VersionPlan register(String job, int version, boolean restored) throws SQLException {
    try (Connection connection = store.connect("kappa %s v%d start".formatted(job, version))) {
      connection.setAutoCommit(false);
      VersionPlan plan = plan(connection, job, version, restored);
      takeOver(connection, plan.run());
      record(connection, plan.run());
      connection.commit();
      return plan;
    }
  }

  /** Says under which id Flink runs it. */
  public void submitted(Run run, String flinkJobId) throws SQLException {
    String sql =
        "UPDATE kappa.run SET flink_job_id = ? WHERE job = ? AND version = ? AND generation = ?";
    try (Connection connection = store.connect(run.purpose());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, flinkJobId);
      statement.setString(2, run.job());
      statement.setInt(3, run.version());
      statement.setLong(4, run.generation());
      statement.executeUpdate();
    }
  }

  private static VersionPlan plan(Connection connection, String job, int version, boolean restored)
      throws SQLException {
    String sql =
        "SELECT v.schema_name, v.phase, v.parameters, v.start, v.topic_ids, v.max_parallelism,"
            + " l.generation, l.link, l.checkpoint_id"
            + " FROM kappa.version v JOIN kappa.ledger l USING (job, version)"
            + " WHERE v.job = ? AND v.version = ? FOR UPDATE OF l";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, job);
      statement.setInt(2, version);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException(
              "The catalogue has no version %d of %s; make it with `kappa start %s --no-submit`"
                  .formatted(version, job, job));
        }
        if (ENDED.contains(row.getString("phase"))) {
          throw new IllegalArgumentException(
              "Version %d of %s is %s and can't run again; replay into a new one with `kappa replay %s`"
                  .formatted(version, job, row.getString("phase"), job));
        }
        boolean begun = !Link.parse(row.getString("link")).equals(Link.START);
        if (begun && !restored) {
          throw new IllegalArgumentException(
              "Version %d of %s has committed up to checkpoint %d and can't begin from nothing; give its newest checkpoint or savepoint with -s, or replay into a new version with `kappa replay %s`"
                  .formatted(version, job, row.getLong("checkpoint_id"), job));
        }
        long generation = row.getLong("generation") + 1;
        return new VersionPlan(
            new Run(job, version, generation, UUID.randomUUID()),
            row.getString("schema_name"),
            json(row.getString("parameters"), new TypeReference<Map<String, String>>() {}),
            pins(row.getString("start"), row.getString("topic_ids")),
            row.getInt("max_parallelism"));
      }
    }
  }

  private static List<Pin> pins(String start, String topicIds) {
    Map<String, Map<Integer, Long>> offsets = json(start, new TypeReference<>() {});
    Map<String, String> ids = json(topicIds, new TypeReference<>() {});
    List<Pin> pins = new ArrayList<>();
    offsets.forEach((topic, first) -> pins.add(new Pin(topic, ids.get(topic), first)));
    return pins;
  }

  private static <T> T json(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The catalogue holds '%s'".formatted(text), e);
    }
  }

  private static void takeOver(Connection connection, Run run) throws SQLException {
    String sql = "UPDATE kappa.ledger SET generation = ?, token = ? WHERE job = ? AND version = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, run.generation());
      statement.setObject(2, run.token());
      statement.setString(3, run.job());
      statement.setInt(4, run.version());
      statement.executeUpdate();
    }
  }

  private static void record(Connection connection, Run run) throws SQLException {
    String sql = "INSERT INTO kappa.run (job, version, generation, token) VALUES (?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.job());
      statement.setInt(2, run.version());
      statement.setLong(3, run.generation());
      statement.setObject(4, run.token());
      statement.executeUpdate();
    }
  }
}
