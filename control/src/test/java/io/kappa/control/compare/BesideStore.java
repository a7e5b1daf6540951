package io.kappa.control.compare;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store with a first version, and a candidate that stands at its fence beside it. */
record BesideStore(TestStore store) {

  static final VersionName V2 = new VersionName(TestStore.JOB, 2);
  static final Frontier FENCE = Frontier.of(Map.of("activity", Map.of(0, 5L, 1, 7L)));

  static BesideStore in(TestStore store) {
    Version first = TestStore.version("activity");
    store.insert(first);
    insertCandidate(store, first, V2);
    BesideStore beside = new BesideStore(store);
    beside.moveTo(FENCE);
    return beside;
  }

  /** Writes the second version of a job that has a first, with one leg to the fence. */
  static void insertCandidate(TestStore store, Version first, VersionName name) {
    Version second =
        new Version(
            name,
            Phase.REPLAYING,
            Purpose.REPLAY,
            first.jarSha256(),
            first.jar(),
            first.parameters(),
            first.start(),
            first.logEnd(),
            first.topicIds(),
            first.maxParallelism(),
            false,
            first.createdAt());
    new Versions(store.owner())
        .insert(
            second,
            Course.ofCandidate(1, false, 0, RunProfile.REPLAY, RunProfile.LIVE),
            Optional.of(Leg.first(first.start(), Optional.of(FENCE), RunProfile.REPLAY)),
            "ann");
    try {
      store.run(
          "kappa_owner",
          "CREATE SCHEMA " + second.name().schema(),
          "CREATE SCHEMA " + second.name().baselineSchema());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static ColumnShape key(String name, SqlType type) {
    return new ColumnShape(name, type, true, "");
  }

  static ColumnShape value(String name, SqlType type) {
    return new ColumnShape(name, type, false, "");
  }

  static TableShape table(String name, ColumnShape... columns) {
    return new TableShape(name, "", List.of(columns));
  }

  static Pair pair(List<TableShape> candidate, List<TableShape> baseline) {
    return new Pair(V2, 1, FENCE, candidate, 1, baseline);
  }

  FenceComparison comparison() {
    return new FenceComparison(store.owner(), java.time.Clock.systemUTC());
  }

  Comparison compare(List<TableShape> candidate, List<TableShape> baseline) {
    return comparison().of(pair(candidate, baseline), Expected.NOTHING);
  }

  void moveTo(Frontier frontier) {
    try {
      store.run(
          "kappa_owner",
          "UPDATE kappa.ledger SET frontier = '%s' WHERE version = 2"
              .formatted(io.kappa.control.catalogue.Json.text(frontier.offsets())));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the candidate's table, with rows whose values are as PostgreSQL writes them. */
  void candidate(TableShape table, List<List<String>> rows) throws SQLException {
    store.run(
        "kappa_owner",
        new TableSql(new Identifier(V2.schema()), table).create().toArray(String[]::new));
    insert(V2.schema(), table, rows);
  }

  /** Makes the copy of the baseline's table, without index and key, as a replay does. */
  void baseline(TableShape table, List<List<String>> rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    table.columns().forEach(c -> columns.add('"' + c.name() + "\" " + c.type().sql()));
    store.run(
        "kappa_owner",
        "CREATE TABLE %s.\"%s\" (%s)"
            .formatted(V2.baselineSchema(), table.name(), String.join(", ", columns)));
    insert(V2.baselineSchema(), table, rows);
  }

  private void insert(String schema, TableShape table, List<List<String>> rows)
      throws SQLException {
    List<String> marks = table.columns().stream().map(c -> "?::" + c.type().sql()).toList();
    try (Connection connection = store.database().connect("kappa_owner");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO %s.\"%s\" VALUES (%s)"
                    .formatted(schema, table.name(), String.join(", ", marks)))) {
      for (List<String> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          insert.setString(i + 1, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** A row; {@code null} is NULL. */
  static List<String> row(String... values) {
    List<String> row = new ArrayList<>();
    Collections.addAll(row, values);
    return row;
  }
}
