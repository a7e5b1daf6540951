package io.kappa.peers.flinksql;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the command line and the environment say.
 *
 * @param bootstrap {@code host:port} of the broker
 * @param jdbcUrl the database, without user and password
 * @param schema a plain name; its tables are kept up to date
 * @param directory for checkpoints, state and temporary files
 * @param parallelism of each operator
 */
record Settings(
    String bootstrap,
    String topic,
    String jdbcUrl,
    String user,
    String password,
    String schema,
    Path directory,
    int parallelism) {

  private static final String PASSWORD = "PEER_PASSWORD";

  /**
   * Reads arguments of the form {@code --name=value}.
   *
   * @throws IllegalArgumentException if one is missing or can't be read
   */
  static Settings of(String[] arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int end = argument.indexOf('=');
      if (!argument.startsWith("--") || end < 0) {
        throw new IllegalArgumentException(argument + " isn't of the form --name=value");
      }
      given.put(argument.substring(2, end), argument.substring(end + 1));
    }
    String password = environment.get(PASSWORD);
    if (password == null) {
      throw new IllegalArgumentException("There is no password in " + PASSWORD);
    }
    return new Settings(
        value(given, "bootstrap"),
        value(given, "topic"),
        value(given, "jdbc"),
        value(given, "user"),
        password,
        name(value(given, "schema")),
        Path.of(value(given, "directory")).toAbsolutePath(),
        Integer.parseInt(value(given, "parallelism")));
  }

  /** Several rows a statement: PostgreSQL then parses and plans once for all of them. */
  String batchingJdbcUrl() {
    return jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
  }

  private static String value(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  /** The connector puts names of tables into its statements as they are. */
  private static String name(String schema) {
    if (!schema.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException(schema + " isn't a plain name of a schema");
    }
    return schema;
  }
}
