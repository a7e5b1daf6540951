package io.kappa.control.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the catalogue says in one snapshot, read as plainly as can be and with nothing of the
 * product.
 *
 * @param versions by number
 * @param audit oldest first
 * @param schemas of the versions and of the copies that they are compared with
 */
record Catalogue(
    int live,
    long generation,
    NavigableMap<Integer, Row> versions,
    List<Entry> audit,
    List<Leg> legs,
    Set<String> schemas) {

  static final String JOB = "activity-metrics";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A version. */
  record Row(
      String phase,
      String purpose,
      boolean attached,
      boolean dropped,
      String failure,
      Map<String, String> parameters,
      Map<Integer, Long> frontier) {

    boolean isCandidate() {
      return !purpose.equals("LAUNCH")
          && !Set.of("LIVE", "STANDBY", "RETIRED", "ABORTED").contains(phase);
    }

    /** Whether readers see it or could, by one command. */
    boolean canBeSeen() {
      return Set.of("LIVE", "STANDBY", "READY").contains(phase);
    }

    /** Milliseconds. */
    long minWatch() {
      String text = parameters.getOrDefault("min-watch", "0");
      return text.equals("0") ? 0 : Long.parseLong(text.replace("s", "")) * 1_000;
    }
  }

  /** Something that somebody did. */
  record Entry(long id, String actor, int version, String event, Map<String, String> detail) {}

  /** A leg; {@code fence} is {@code null} if it has no end. */
  record Leg(int version, int number, String start, String fence, String restoredFrom) {}

  static Catalogue read(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect("kappa_owner")) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement();
          ResultSet pointer =
              statement.executeQuery("SELECT live, generation FROM kappa.pointer")) {
        pointer.next();
        int live = pointer.getInt(1);
        long generation = pointer.getLong(2);
        return new Catalogue(
            live,
            generation,
            versions(connection),
            audit(connection),
            legs(connection),
            schemas(connection));
      }
    }
  }

  private static NavigableMap<Integer, Row> versions(Connection connection) throws SQLException {
    NavigableMap<Integer, Row> versions = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT v.version, v.phase, v.purpose, v.attached, v.dropped_at IS NOT NULL,
                       coalesce(v.failure, ''), v.parameters, l.frontier -> 'activity'
                  FROM kappa.version v JOIN kappa.ledger l USING (job, version)
                """)) {
      while (row.next()) {
        versions.put(
            row.getInt(1),
            new Row(
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getString(6),
                texts(row.getString(7)),
                offsets(row.getString(8))));
      }
    }
    return versions;
  }

  private static List<Entry> audit(Connection connection) throws SQLException {
    List<Entry> audit = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, actor, version, event, detail FROM kappa.audit ORDER BY id")) {
      while (row.next()) {
        audit.add(
            new Entry(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                texts(row.getString(5))));
      }
    }
    return audit;
  }

  private static List<Leg> legs(Connection connection) throws SQLException {
    List<Leg> legs = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version, number, start::text, fence::text, restore_from FROM kappa.leg"
                    + " ORDER BY version, number")) {
      while (row.next()) {
        legs.add(
            new Leg(
                row.getInt(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)));
      }
    }
    return legs;
  }

  private static Set<String> schemas(Connection connection) throws SQLException {
    Set<String> schemas = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT nspname FROM pg_namespace WHERE nspname ~ '^activity_metrics_v'")) {
      while (row.next()) {
        schemas.add(row.getString(1));
      }
    }
    return schemas;
  }

  private static Map<String, String> texts(String json) {
    try {
      Map<String, String> texts = new TreeMap<>();
      JSON.readTree(json)
          .properties()
          .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
      return texts;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Integer, Long> offsets(String json) {
    try {
      return new TreeMap<>(JSON.readValue(json, new TypeReference<Map<Integer, Long>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The offsets in the job's only topic, of a frontier as JSON. */
  static Map<Integer, Long> activity(String frontier) {
    try {
      return offsets(JSON.readTree(frontier).get("activity").toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The entries of one actor. */
  List<Entry> by(String actor) {
    return audit.stream().filter(entry -> entry.actor().equals(actor)).toList();
  }

  /** Phases and pointer in a line. */
  String line() {
    List<String> phases = new ArrayList<>();
    versions.forEach(
        (number, row) -> {
          if (!row.dropped()) {
            phases.add("v%d %s%s".formatted(number, row.phase(), verifies(row)));
          }
        });
    return "live v%d, generation %d; %s".formatted(live, generation, String.join(", ", phases));
  }

  private static String verifies(Row row) {
    return row.purpose().equals("VERIFY") ? " (verifies)" : "";
  }
}
