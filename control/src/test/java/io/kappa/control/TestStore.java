package io.kappa.control;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A test's database with the catalogue in it, and a version to put there. */
public record TestStore(TestDatabase database) {

  public static final Identifier JOB = new Identifier("activity-metrics");
  public static final VersionName V1 = new VersionName(JOB, 1);
  public static final TableShape ITEMS =
      new TableShape(
          "items",
          "what was done with items",
          List.of(
              new ColumnShape("id", SqlType.TEXT, true, "which item"),
              new ColumnShape("n", SqlType.BIGINT, false, "how many events"),
              new ColumnShape("seen_at", SqlType.TIMESTAMPTZ, false, "the last one")));

  /** The catalogue, made in that database. */
  public static TestStore in(TestDatabase database) {
    TestStore store = new TestStore(database);
    new Migration(store.owner()).run();
    return store;
  }

  /** Writes a first version into the catalogue, as "ann"; false if it is there already. */
  public boolean insert(Version version) {
    Leg leg = Leg.first(version.start(), Optional.empty(), RunProfile.LIVE);
    return new Versions(owner())
        .insert(version, Course.ofFirst(RunProfile.LIVE), Optional.of(leg), "ann");
  }

  public Store owner() {
    return as("kappa_owner");
  }

  public Store as(String role) {
    return new Store(database.jdbcUrl(), role, database.secrets().resolve(role + ".password"));
  }

  /** Runs statements as a role, each by itself. */
  public void run(String role, String... statements) throws SQLException {
    try (Connection connection = database.connect(role);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query as text, columns joined by {@code |}. */
  public List<String> rows(String role, String query) throws SQLException {
    try (Connection connection = database.connect(role);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  /** A first version that reads one topic of two partitions. */
  public static Version version(String topic) {
    return new Version(
        V1,
        Phase.CREATED,
        Purpose.LAUNCH,
        "0".repeat(64),
        "/jars/one.jar",
        Map.of("min-watch", "0"),
        Frontier.of(Map.of(topic, Map.of(0, 0L, 1, 0L))),
        Frontier.of(Map.of(topic, Map.of(0, 5L, 1, 7L))),
        Map.of(topic, "id-1"),
        128,
        false,
        Instant.EPOCH);
  }
}
