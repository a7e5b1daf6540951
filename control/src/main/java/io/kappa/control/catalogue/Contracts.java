package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableSql;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.ContractViews.Attached;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Gives versions a branch in the contract views, and takes it away again. This is DDL: it needs
 * each view for itself for a moment, so it waits for readers only shortly, and they for it.
 */
public final class Contracts {

  /** New readers queue behind whoever waits for a view; so long at most, for all views together. */
  private static final Duration READERS_WAIT = Duration.ofMillis(50);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String LOCK_TIMEOUT = "55P03";
  private static final String OTHERS_DEPEND_ON_IT = "2BP01";

  private final Store owner;

  public Contracts(Store owner) {
    this.owner = owner;
  }

  /** What readers of a job are shown. */
  public Contract of(Identifier job) {
    return owner.inSnapshot(
        connection ->
            new Contract(
                job, ShownViews.tables(connection, job), ShownViews.keys(connection, job)));
  }

  /**
   * Gives a version a branch in the contract views; does nothing if it has one.
   *
   * @param shapes the tables of all versions that are attached then, by number
   * @param patience how long to try
   * @throws Refusal if readers or another command are in the way all the time
   * @throws IllegalArgumentException if other versions are attached than those given
   */
  public void attach(
      VersionName version, Map<Integer, List<TableShape>> shapes, Duration patience) {
    keepTrying(version, true, shapes, patience);
  }

  /**
   * Takes a version out of the contract views; does nothing if it isn't in them. Columns and tables
   * that only it had go, unless something was built on them: then they stay and are empty.
   *
   * @param shapes the tables of all versions that remain attached, by number
   * @param patience how long to try
   * @throws Refusal if the version is live, or readers or another command are in the way all the
   *     time
   * @throws IllegalArgumentException if other versions are attached than those given
   */
  public void detach(
      VersionName version, Map<Integer, List<TableShape>> shapes, Duration patience) {
    keepTrying(version, false, shapes, patience);
  }

  private void keepTrying(
      VersionName version, boolean wanted, Map<Integer, List<TableShape>> shapes, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Optional<String> inTheWay = attempt(version, wanted, shapes);
    while (inTheWay.isPresent()) {
      if (System.nanoTime() - end >= 0) {
        throw new Refusal(
            "The views in schema %s are in use by %s"
                .formatted(version.job().schema(), inTheWay.get()),
            "trying again helps when that has ended; end it if it doesn't");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      inTheWay = attempt(version, wanted, shapes);
    }
  }

  /** Who was in the way, if somebody was. */
  private Optional<String> attempt(
      VersionName version, boolean wanted, Map<Integer, List<TableShape>> shapes) {
    return owner.inTransaction(
        connection -> {
          try {
            limitWaiting(connection, READERS_WAIT.toMillis());
            Locks.ofJob(connection, version.job());
            int live = live(connection, version.job());
            if (isAttached(connection, version) != wanted) {
              refuseLive(version, wanted, live);
              mark(connection, version, wanted);
              rebuild(connection, version.job(), attached(connection, version.job(), shapes));
            }
            return Optional.empty();
          } catch (SQLException e) {
            if (!LOCK_TIMEOUT.equals(e.getSQLState())) {
              throw e;
            }
            connection.rollback();
            return Optional.of(
                LockHolders.inSchemas(connection, Set.of(version.job().schema().value()))
                    .orElse("another command"));
          }
        });
  }

  private static void refuseLive(VersionName version, boolean wanted, int live) {
    if (!wanted && live == version.number()) {
      throw new Refusal(
          "%s is live: readers see it".formatted(version),
          "cut over to another version, or roll back, before it goes");
    }
  }

  /** The live version, which stays live until this transaction ends. */
  private static int live(Connection connection, Identifier job) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT live FROM kappa.pointer WHERE job = ? FOR SHARE")) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static boolean isAttached(Connection connection, VersionName version)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT attached FROM kappa.version WHERE job = ? AND version = ?")) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException("the catalogue has no " + version);
        }
        return row.getBoolean(1);
      }
    }
  }

  private static void mark(Connection connection, VersionName version, boolean wanted)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET attached = ? WHERE job = ? AND version = ?")) {
      update.setBoolean(1, wanted);
      update.setString(2, version.job().value());
      update.setInt(3, version.number());
      update.executeUpdate();
    }
  }

  private static List<Attached> attached(
      Connection connection, Identifier job, Map<Integer, List<TableShape>> shapes)
      throws SQLException {
    Map<Integer, String> schemas = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT version, schema_name FROM kappa.version WHERE job = ? AND attached")) {
      query.setString(1, job.value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          schemas.put(row.getInt(1), row.getString(2));
        }
      }
    }
    if (!schemas.keySet().equals(shapes.keySet())) {
      throw new IllegalArgumentException(
          "attached to %s are versions %s, given were %s"
              .formatted(job, schemas.keySet(), shapes.keySet()));
    }
    return schemas.entrySet().stream()
        .map(e -> new Attached(e.getKey(), new Identifier(e.getValue()), shapes.get(e.getKey())))
        .toList();
  }

  private static void rebuild(Connection connection, Identifier job, List<Attached> attached)
      throws SQLException {
    long end = System.nanoTime() + READERS_WAIT.toNanos();
    Map<String, List<String>> readers = new TreeMap<>();
    for (TableShape view : ShownViews.tables(connection, job)) {
      if (isStale(view, attached)) {
        String name = new TableSql(job.schema(), view).qualified();
        readers.put(name, ShownViews.readers(connection, name));
        limitWaiting(connection, millisTo(end));
        dropUnlessUsed(connection, name);
      }
    }
    ContractViews views = new ContractViews(job, attached, ShownViews.tables(connection, job));
    try (Statement statement = connection.createStatement()) {
      for (String sql : views.views()) {
        limitWaiting(connection, millisTo(end));
        statement.execute(sql);
      }
      statement.execute(String.join("; ", views.comments()));
      statement.execute(
          "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO kappa_reader"
              .formatted(job.schema().quoted()));
      for (Map.Entry<String, List<String>> view : readers.entrySet()) {
        grantAgain(connection, statement, view.getKey(), view.getValue());
      }
    }
  }

  /** Whether it shows something that no attached version has. */
  private static boolean isStale(TableShape view, List<Attached> attached) {
    Set<String> there =
        attached.stream()
            .flatMap(version -> version.tables().stream())
            .filter(table -> table.name().equals(view.name()))
            .flatMap(table -> table.columns().stream())
            .map(TableShape.ColumnShape::name)
            .collect(Collectors.toSet());
    return view.columns().stream().anyMatch(column -> !there.contains(column.name()));
  }

  private static void dropUnlessUsed(Connection connection, String view) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP VIEW " + view);
    } catch (SQLException e) {
      if (!OTHERS_DEPEND_ON_IT.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
    }
  }

  private static void grantAgain(
      Connection connection, Statement statement, String view, List<String> readers)
      throws SQLException {
    if (!readers.isEmpty() && exists(connection, view)) {
      statement.execute("GRANT SELECT ON %s TO %s".formatted(view, String.join(", ", readers)));
    }
  }

  private static boolean exists(Connection connection, String view) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, view);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static long millisTo(long end) {
    return Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
  }

  private static void limitWaiting(Connection connection, long millis) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + millis);
    }
  }
}
