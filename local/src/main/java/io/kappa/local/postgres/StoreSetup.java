package io.kappa.local.postgres;

import io.kappa.common.table.Identifier;
import io.kappa.local.Endpoints;
import io.kappa.local.StackException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The roles of the serving store, and its databases with their empty schema {@code kappa}. */
public final class StoreSetup {

  /** The database of a stack. */
  public static final Identifier DATABASE = new Identifier("kappa");

  static final String SUPERUSER = "postgres";
  static final List<String> ROLES =
      List.of(SUPERUSER, Endpoints.OWNER, Endpoints.JOB, Endpoints.READER);

  private final String server;
  private final Secrets secrets;

  /**
   * @param jdbcUrl URL of any database of the server
   */
  public StoreSetup(String jdbcUrl, Secrets secrets) {
    this.server = jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1);
    this.secrets = secrets;
  }

  /** URL of a database, without user and password. */
  public String jdbcUrl(Identifier database) {
    return server + database.value();
  }

  /** A connection as the server's superuser. */
  public Connection connectAsSuperuser(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", secrets.password(SUPERUSER));
    login.setProperty("loginTimeout", "10");
    return DriverManager.getConnection(server + database, login);
  }

  /** Makes sure that the roles and the stack's database exist. */
  void ensure() {
    try (Connection connection = connectAsSuperuser("postgres")) {
      for (String role : ROLES) {
        ensureRole(connection, role);
      }
    } catch (SQLException e) {
      throw refused("The roles can't be created", e);
    }
    create(DATABASE);
  }

  /**
   * Makes sure that a database exists, with schema {@code kappa} and the roles' rights on it.
   *
   * @throws StackException if PostgreSQL refuses
   */
  public void create(Identifier database) {
    try (Connection connection = connectAsSuperuser("postgres");
        Statement statement = connection.createStatement()) {
      if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", database.value())) {
        statement.execute(
            "CREATE DATABASE %s OWNER %s".formatted(database.quoted(), Endpoints.OWNER));
      }
    } catch (SQLException e) {
      throw refused("Database %s can't be created".formatted(database), e);
    }
    try (Connection connection = connectAsSuperuser(database.value());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : rights(database)) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw refused("Database %s can't be prepared".formatted(database), e);
    }
  }

  private static List<String> rights(Identifier database) {
    String name = database.quoted();
    return List.of(
        "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name),
        "GRANT CONNECT, TEMPORARY ON DATABASE %s TO %s".formatted(name, Endpoints.JOB),
        "GRANT CONNECT ON DATABASE %s TO %s".formatted(name, Endpoints.READER),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "CREATE SCHEMA IF NOT EXISTS kappa AUTHORIZATION " + Endpoints.OWNER);
  }

  private void ensureRole(Connection connection, String role) throws SQLException {
    if (exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", role)) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Our own hex digits: nothing in them could end the literal.
      statement.execute(
          "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, secrets.password(role)));
      if (role.equals(Endpoints.READER)) {
        statement.execute("ALTER ROLE %s SET default_transaction_read_only = on".formatted(role));
        statement.execute("ALTER ROLE %s SET statement_timeout = 0".formatted(role));
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static StackException refused(String problem, SQLException e) {
    return new StackException(
        "%s (%s)".formatted(problem, e.getMessage()), "read logs/postgres.out", e);
  }
}
