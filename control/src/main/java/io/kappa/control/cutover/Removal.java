package io.kappa.control.cutover;

import io.kappa.control.Refusal;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.LockHolders;
import io.kappa.control.catalogue.Rows;
import io.kappa.control.catalogue.Store;
import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Drops the tables of versions that are over. */
public final class Removal {

  private static final int LOCK_MILLIS = 200;
  private static final String OTHERS_DEPEND_ON_IT = "2BP01";

  private final Store owner;
  private final String actor;

  /**
   * @param actor whom the audit trail names
   */
  public Removal(Store owner, String actor) {
    this.owner = owner;
    this.actor = actor;
  }

  /**
   * Drops a version's own tables, what it was compared with, and the copies of its tables that the
   * version in its place was compared with; does nothing if that was done.
   *
   * @return who or what is in the way; empty if they are gone
   * @throws Refusal if readers see the version, or could
   */
  public Optional<String> drop(VersionName version) {
    return owner.inTransaction(
        connection -> {
          try {
            new JobRows(connection, version.job()).limitWaiting(LOCK_MILLIS);
            refuseUsed(connection, version);
            if (isDropped(connection, version)) {
              return Optional.empty();
            }
            Set<String> schemas = new TreeSet<>(schemas(version));
            schemas.addAll(copies(connection, version));
            for (String schema : schemas) {
              drop(connection, schema);
            }
            mark(connection, version);
            AuditTrail.write(
                connection, actor, version, "dropped", Map.of("schema", version.schema()));
            return Optional.empty();
          } catch (SQLException e) {
            return Optional.of(inTheWay(connection, version, e));
          }
        });
  }

  private static Set<String> schemas(VersionName version) {
    return Set.of(version.schema(), version.baselineSchema());
  }

  /** A candidate that is still to be judged keeps its copy. */
  private static List<String> copies(Connection connection, VersionName version)
      throws SQLException {
    List<String> schemas = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT job, version FROM kappa.version
             WHERE job = ? AND baseline = ? AND phase IN ('LIVE', 'STANDBY')
            """)) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          schemas.add(Rows.name(row).baselineSchema());
        }
      }
    }
    return schemas;
  }

  private static void refuseUsed(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT v.attached OR p.live IS NOT DISTINCT FROM v.version
              FROM kappa.pointer p JOIN kappa.version v ON v.job = p.job
             WHERE v.job = ? AND v.version = ?
               FOR SHARE OF p FOR UPDATE OF v
            """)) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        if (row.next() && row.getBoolean(1)) {
          throw new Refusal(
              "%s is in the contract views: readers can see it".formatted(version),
              "abort or retire it first");
        }
      }
    }
  }

  private static boolean isDropped(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT dropped_at IS NOT NULL FROM kappa.version WHERE job = ? AND version = ?")) {
      query.setString(1, version.job().value());
      query.setInt(2, version.number());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Without CASCADE: what others have built on these tables is theirs to take down. */
  private static void drop(Connection connection, String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind IN ('r', 'p') ORDER BY 1
            """)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      if (!tables.isEmpty()) {
        statement.execute("DROP TABLE " + String.join(", ", tables));
      }
      // Made from the job's checked name, so there is nothing in it to escape.
      statement.execute("DROP SCHEMA IF EXISTS \"%s\"".formatted(schema));
    }
  }

  private static void mark(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kappa.version SET dropped_at = clock_timestamp()"
                + " WHERE job = ? AND version = ?")) {
      update.setString(1, version.job().value());
      update.setInt(2, version.number());
      update.executeUpdate();
    }
  }

  private static String inTheWay(Connection connection, VersionName version, SQLException e)
      throws SQLException {
    connection.rollback();
    return switch (e.getSQLState()) {
      case JobRows.LOCK_TIMEOUT ->
          LockHolders.inSchemas(connection, schemas(version)).orElse("somebody who is gone by now");
      case OTHERS_DEPEND_ON_IT ->
          String.join(" ", e.getMessage().lines().skip(1).limit(1).toList()).strip();
      default -> throw e;
    };
  }
}
