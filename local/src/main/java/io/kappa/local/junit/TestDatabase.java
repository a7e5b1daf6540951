package io.kappa.local.junit;

import io.kappa.local.postgres.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database of a test's own, as a fresh stack has it: schema {@code kappa} without tables, and the
 * roles of {@link io.kappa.local.Endpoints}.
 *
 * @param name the database
 * @param jdbcUrl its URL, without user and password
 * @param secrets directory with a file {@code <role>.password} for each role
 */
public record TestDatabase(String name, String jdbcUrl, Path secrets) {

  /** A role's password. */
  public String password(String role) {
    return new Secrets(secrets).password(role);
  }

  /** A new connection as that role. */
  public Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, role, password(role));
  }
}
