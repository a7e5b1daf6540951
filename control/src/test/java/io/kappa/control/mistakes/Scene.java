package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Json;
import io.kappa.control.replay.Lane;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;

/** A live version of the shipped job that has read a nasty log, and room for others beside it. */
final class Scene implements AutoCloseable {

  static final VersionName LIVE = new VersionName(TestStore.JOB, 1);

  static final Map<String, String> GIVEN = Map.of("lateness", "2h", "min-watch", "2s");
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Lane lane;
  private final NastyLog log;
  private final String topic;
  private final List<TableShape> shapes;

  Scene(LocalStack stack, Path directory, int records) throws Exception {
    this(stack, directory);
    log.writeRareThings();
    log.write(records);
    lane.start(TestStore.JOB, jar(shipped()), GIVEN);
  }

  /** One with an empty log, in which nothing was started yet. */
  Scene(LocalStack stack, Path directory) throws Exception {
    this(stack, directory, new Configuration());
  }

  /** The same, where Flink is configured otherwise. */
  Scene(LocalStack stack, Path directory, Configuration flink) throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    lane = new Lane(stack, directory, flink);
    topic = stack.freshTopic("activity", NastyLog.PARTITIONS);
    log = new NastyLog(stack.bootstrapServers(), topic, seed);
    shapes = lane.jobs().job(jar(new Variant(topic)), TestStore.JOB).tables();
  }

  Lane lane() {
    return lane;
  }

  NastyLog log() {
    return log;
  }

  String topic() {
    return topic;
  }

  List<TableShape> shapes() {
    return shapes;
  }

  /** The job as shipped. */
  Variant shipped() {
    return new Variant(topic);
  }

  /** A jar that stands for that job. */
  Path jar(Variant variant) {
    return lane.jobs().jar("jar " + NAMES.incrementAndGet(), variant);
  }

  /** What the tables have to be after the whole log. */
  Map<String, Map<List<Object>, List<Object>>> right() {
    return Mistake.called("none").tables().of(log.written());
  }

  /** What the tables have to be at a frontier: partition -> next offset. */
  Map<String, Map<List<Object>, List<Object>>> right(Map<Integer, Long> frontier) {
    List<List<byte[]>> written = log.written();
    List<List<byte[]>> before =
        IntStream.range(0, written.size())
            .mapToObj(each -> written.get(each).subList(0, (int) (long) frontier.get(each)))
            .toList();
    return Mistake.called("none").tables().of(before);
  }

  /** Waits until a version has come to the log's end, where its tables have to be right. */
  void requireRight(VersionName name) throws SQLException {
    Map<Integer, Long> end = log.end();
    Lane.until(Duration.ofSeconds(60), () -> frontier(name).equals(end));
    assertThat(frontier(name)).isEqualTo(end);
    assertThat(tables(name.schema())).isEqualTo(right());
  }

  SortedMap<Integer, Long> frontier(VersionName name) {
    return lane.store().owner().inSnapshot(connection -> frontier(connection, name));
  }

  /** The same as a transaction sees it. */
  SortedMap<Integer, Long> frontier(Connection connection, VersionName name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT frontier FROM kappa.ledger WHERE job = ? AND version = ?")) {
      query.setString(1, name.job().value());
      query.setInt(2, name.number());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return Json.frontier(row.getString(1)).offsets().get(topic);
      }
    }
  }

  /** All tables of a schema as {@link PlainTables} has them. */
  Map<String, Map<List<Object>, List<Object>>> tables(String schema) throws SQLException {
    try (Connection connection = lane.store().database().connect("kappa_owner")) {
      return tables(connection, schema);
    }
  }

  /** The same as a transaction sees them. */
  Map<String, Map<List<Object>, List<Object>>> tables(Connection connection, String schema)
      throws SQLException {
    Map<String, Map<List<Object>, List<Object>>> tables = new HashMap<>();
    for (TableShape shape : shapes) {
      Map<List<Object>, List<Object>> rows = Rows.read(connection, schema, shape);
      tables.put(shape.name(), shape.name().equals("quarantine") ? inShort(rows) : rows);
    }
    return tables;
  }

  private static Map<List<Object>, List<Object>> inShort(Map<List<Object>, List<Object>> rows) {
    Map<List<Object>, List<Object>> reasons = new HashMap<>();
    rows.forEach(
        (key, row) -> {
          Object reason = row.get(3);
          boolean ofTime = reason.equals("late") || reason.equals("future");
          reasons.put(key.subList(1, 3), List.of(ofTime ? reason : "broken"));
        });
    return reasons;
  }

  Map<List<Object>, List<Object>> rows(String schema, TableShape shape) throws SQLException {
    try (Connection connection = lane.store().database().connect("kappa_owner")) {
      return Rows.read(connection, schema, shape);
    }
  }

  /** The schemas of a version that are there. */
  List<String> schemas(VersionName name) throws SQLException {
    return lane.store()
        .rows(
            "kappa_owner",
            "SELECT nspname FROM pg_namespace WHERE nspname IN ('%s', '%s')"
                .formatted(name.schema(), name.baselineSchema()));
  }

  /** What was done with a version, as the audit trail has it, in its order. */
  List<String> events(VersionName name) throws SQLException {
    return lane.store()
        .rows(
            "kappa_owner",
            "SELECT event FROM kappa.audit WHERE job = '%s' AND version = %d ORDER BY id"
                .formatted(name.job(), name.number()));
  }

  @Override
  public void close() throws Exception {
    log.close();
    lane.close();
  }
}
