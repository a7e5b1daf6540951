package io.kappa.control.catalogue;

import io.kappa.common.sink.BulkSql;
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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A version's own tables, and what readers see of them. */
public final class VersionSchema {

  private final Store owner;

  public VersionSchema(Store owner) {
    this.owner = owner;
  }

  /**
   * Whether the version's schema is there. It's made in one transaction, so then it's whole.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public boolean exists(VersionName version) {
    return owner.inTransaction(connection -> exists(connection, version));
  }

  /**
   * Makes a job's first version visible: its schema and tables, the contract schema with its views,
   * and the pointer, all at once. Does nothing if they are there.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public void createFirst(VersionName version, List<TableShape> tables) {
    owner.inTransaction(
        connection -> {
          Locks.ofJob(connection, version.job());
          if (!exists(connection, version)) {
            run(connection, own(version, tables));
            run(connection, contract(version, tables));
            point(connection, version);
          }
          return null;
        });
  }

  /**
   * Makes a candidate's schema and tables, which readers don't see. Does nothing if they are there.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public void createOwn(VersionName version, List<TableShape> tables) {
    owner.inTransaction(
        connection -> {
          createOwn(connection, version, tables);
          return null;
        });
  }

  /** The same; part of a step. */
  public static void createOwn(Connection connection, VersionName version, List<TableShape> tables)
      throws SQLException {
    Locks.ofJob(connection, version.job());
    if (!exists(connection, version)) {
      run(connection, own(version, tables));
      run(connection, new BulkSql(new Identifier(version.schema())).create(tables));
      run(connection, grants(version));
    }
  }

  static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> own(VersionName version, List<TableShape> tables) {
    Identifier own = new Identifier(version.schema());
    List<String> all = new ArrayList<>();
    all.add("CREATE SCHEMA " + own.quoted());
    tables.forEach(table -> all.addAll(new TableSql(own, table).create()));
    all.addAll(grants(version));
    return all;
  }

  /** What lets a job work in its version's schema, as it is now. */
  static List<String> grants(VersionName version) {
    String own = new Identifier(version.schema()).quoted();
    return List.of(
        "GRANT USAGE, CREATE ON SCHEMA %s TO kappa_job".formatted(own),
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO kappa_job"
            .formatted(own));
  }

  private static List<String> contract(VersionName version, List<TableShape> tables) {
    Identifier contract = version.job().schema();
    Attached first =
        new Attached(version.number(), new Identifier(version.schema()), List.copyOf(tables));
    ContractViews views = new ContractViews(version.job(), List.of(first), List.of());
    List<String> all = new ArrayList<>();
    all.add("CREATE SCHEMA IF NOT EXISTS " + contract.quoted());
    all.addAll(views.views());
    all.addAll(views.comments());
    all.add("GRANT USAGE ON SCHEMA %s TO kappa_reader".formatted(contract.quoted()));
    all.add("GRANT SELECT ON ALL TABLES IN SCHEMA %s TO kappa_reader".formatted(contract.quoted()));
    return all;
  }

  private static boolean exists(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
      query.setString(1, version.schema());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void point(Connection connection, VersionName version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO kappa.pointer (job, live, generation) VALUES (?, ?, 1)"
                + " ON CONFLICT (job) DO NOTHING")) {
      insert.setString(1, version.job().value());
      insert.setInt(2, version.number());
      insert.executeUpdate();
    }
  }
}
