package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The serving store as one role sees it. Each use has a connection of its own, with bounded waits.
 *
 * @param url as JDBC spells it, without user and password
 * @param passwordFile the file whose first line is the role's password
 */
public record Store(String url, String role, Path passwordFile) {

  private static final String CONNECT_SECONDS = "5";

  /** Work within one transaction. */
  @FunctionalInterface
  public interface Work<T> {

    /**
     * @throws SQLException as JDBC does
     */
    T with(Connection connection) throws SQLException;
  }

  /**
   * Runs the work in one transaction and commits it, or rolls all of it back.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public <T> T inTransaction(Work<T> work) {
    return run(Connection.TRANSACTION_READ_COMMITTED, work);
  }

  /**
   * Runs the work in one snapshot: all that it reads is from the same moment.
   *
   * @throws Refusal if PostgreSQL can't be reached or refuses
   */
  public <T> T inSnapshot(Work<T> work) {
    return run(Connection.TRANSACTION_REPEATABLE_READ, work);
  }

  private <T> T run(int isolation, Work<T> work) {
    try (Connection connection = open()) {
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      T result = work.with(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw StoreTrouble.refusal(url, e);
    }
  }

  /** Opens a connection that commits each statement by itself. */
  Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", password());
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("ApplicationName", "kappa");
    properties.setProperty("tcpKeepAlive", "true");
    // A server process whose client was killed gives up what it does, and its locks.
    properties.setProperty("options", "-c client_connection_check_interval=2s");
    // Text is what the server says; the driver would shift times into this machine's zone.
    properties.setProperty("binaryTransfer", "false");
    return DriverManager.getConnection(url, properties);
  }

  /**
   * The role's password.
   *
   * @throws Refusal if its file can't be read
   */
  String password() {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new Refusal(
          "The password of role %s can't be read from %s".formatted(role, passwordFile),
          "./kappa up writes it; see whether this user may read the file",
          e);
    }
  }
}
