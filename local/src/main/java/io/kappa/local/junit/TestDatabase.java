package io.kappa.local.junit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database of a test's own, as a fresh stack has it: schema {@code kappa} without tables, and the
 * roles.
 *
 * @param name the database
 * @param jdbcUrl its URL, without user and password
 * @param secrets directory with a file {@code <role>.password} for each role
 */
@SuppressWarnings("DoNotCallSuggester")
public record TestDatabase(String name, String jdbcUrl, java.nio.file.Path secrets) {

  /** A role's password. */
  public String password(String role) {
    throw new UnsupportedOperationException();
  }

  /** A new connection as that role; see {@link io.kappa.local.Endpoints} for the roles. */
  public Connection connect(String role) throws SQLException {
    throw new UnsupportedOperationException();
  }
}
