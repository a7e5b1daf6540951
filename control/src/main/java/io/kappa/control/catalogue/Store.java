package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * The serving store as one role sees it. Each use has a connection to itself, with bounded waits.
 */
public final class Store {

  private static final String CONNECT_SECONDS = "5";

  /** Work within one transaction. */
  @FunctionalInterface
  public interface Work<T> {

    /**
     * @throws SQLException as JDBC does
     */
    T with(Connection connection) throws SQLException;
  }

  private final String url;
  private final String role;
  private final Path passwordFile;
  private final Spare spare;

  /**
   * A store that logs in for each use.
   *
   * @param url as JDBC spells it, without user and password
   * @param passwordFile the file whose first line is the role's password
   */
  public Store(String url, String role, Path passwordFile) {
    this(url, role, passwordFile, Spare.NONE);
  }

  private Store(String url, String role, Path passwordFile, Spare spare) {
    this.url = url;
    this.role = role;
    this.passwordFile = passwordFile;
    this.spare = spare;
  }

  /** The same, for who asks often: a connection is kept from one use to the next. */
  public Store keepingOne() {
    return new Store(url, role, passwordFile, new Spare.One());
  }

  /** As JDBC spells it, without user and password. */
  public String url() {
    return url;
  }

  String role() {
    return role;
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
    try {
      Optional<Connection> kept = spare.take();
      Connection connection = kept.isPresent() ? kept.get() : open();
      boolean isAtRest = false;
      try {
        connection.setReadOnly(false);
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
        T result = work.with(connection);
        connection.commit();
        isAtRest = true;
        return result;
      } finally {
        if (isAtRest) {
          spare.give(connection);
        } else {
          connection.close();
        }
      }
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
    // A statement that the server has prepared fails once the view that it reads was replaced.
    properties.setProperty("prepareThreshold", "0");
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
