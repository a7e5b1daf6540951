package io.kappa.peers.flinkupsert;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the peer is started with: {@code --name=value}, each of them required.
 *
 * @param bootstrap {@code host:port} of Kafka
 * @param jdbc {@code jdbc:postgresql://host:port/database}
 * @param schema where the tables are, made if it isn't there
 * @param directory an empty directory for state and checkpoints
 * @param parallelism of every operator
 */
record Arguments(
    String bootstrap,
    String topic,
    String jdbc,
    String user,
    String schema,
    URI directory,
    int parallelism) {

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if an argument is missing or isn't of this form
   */
  static Arguments of(String... args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("%s isn't --name=value".formatted(arg));
      }
      given.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
    return new Arguments(
        required(given, "bootstrap"),
        required(given, "topic"),
        required(given, "jdbc"),
        required(given, "user"),
        required(given, "schema"),
        Path.of(required(given, "directory")).toAbsolutePath().toUri(),
        Integer.parseInt(required(given, "parallelism")));
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--%s= is missing".formatted(name));
    }
    return value;
  }
}
