package io.kappa.control.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** How the store works on a comparison, until the transaction ends. */
final class Settings {

  private Settings() {}

  /** Room for hashing a million rows in memory, and times in UTC. */
  static void forReading(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL TIME ZONE 'UTC'");
      statement.execute("SET LOCAL work_mem = '128MB'");
    }
  }

  /** The same, and no long waits for who still reads the differences found before. */
  static void forWriting(Connection connection) throws SQLException {
    forReading(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '10s'");
    }
  }
}
