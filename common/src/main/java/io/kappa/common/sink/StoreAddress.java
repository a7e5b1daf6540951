package io.kappa.common.sink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where the serving store is and who asks. The password stays in its file until a connection is
 * opened, so that it's in no job graph, argument or log.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param passwordFile the file whose first line is the password
 */
public record StoreAddress(String url, String user, String passwordFile) implements Serializable {

  /**
   * Opens a connection.
   *
   * @param purpose what PostgreSQL shows as the application's name
   * @throws SQLException if the store or the password file can't be reached
   */
  public Connection connect(String purpose) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password());
    properties.setProperty("ApplicationName", purpose);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    return new Driver().connect(url, properties);
  }

  private String password() throws SQLException {
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (NoSuchFileException e) {
      throw new SQLException("Password file %s isn't there".formatted(passwordFile), e);
    } catch (IOException e) {
      throw new SQLException("Password file %s can't be read".formatted(passwordFile), e);
    }
  }
}
