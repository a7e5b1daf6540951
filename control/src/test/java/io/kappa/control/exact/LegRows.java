package io.kappa.control.exact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The catalogue's rows on the legs of the one version in a test's database, as control has them.
 */
record LegRows(TestDatabase database, String topic) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Gives the first leg a fence. */
  void fence(Map<Integer, Long> fence) throws SQLException {
    run("UPDATE kappa.leg SET fence = ?::jsonb", json(fence));
  }

  /** Adds the leg that follows, without a fence. */
  void next(Map<Integer, Long> start) throws SQLException {
    run(
        """
        INSERT INTO kappa.leg (job, version, number, start, state_backend, checkpoint_interval)
        SELECT job, version, max(number) + 1, ?::jsonb, 'rocksdb', '1s'
          FROM kappa.leg GROUP BY job, version
        """,
        json(start));
  }

  void removeAll() throws SQLException {
    run("DELETE FROM kappa.leg");
  }

  /** Limits the version to that many records/s; 0 for no limit. */
  void rate(long rate) throws SQLException {
    run("UPDATE kappa.version SET rate = ?", rate);
  }

  private void run(String sql, Object... values) throws SQLException {
    try (Connection connection = database.connect("kappa_owner");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private String json(Map<Integer, Long> offsets) {
    try {
      return JSON.writeValueAsString(Map.of(topic, offsets));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Which leg each run was of, in the order of the runs. */
  List<Integer> ofRuns() throws SQLException {
    try (Connection connection = database.connect("kappa_owner");
        PreparedStatement statement =
            connection.prepareStatement("SELECT leg FROM kappa.run ORDER BY generation");
        ResultSet row = statement.executeQuery()) {
      List<Integer> legs = new ArrayList<>();
      while (row.next()) {
        legs.add(row.getInt(1));
      }
      return legs;
    }
  }
}
