package io.kappa.peers.kafkastreams;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the command line says.
 *
 * @param bootstrap {@code host:port} of the broker
 * @param topic what is read, from its beginning
 * @param jdbc the database, without user and password
 * @param schema where the tables are; also tells this reader of the topic from others
 * @param directory for state and logs
 * @param parallelism how many threads
 * @param guarantee {@code at_least_once} or {@code exactly_once_v2}
 * @param commitMs how often state, rows and offsets are brought home, in milliseconds
 */
record Options(
    String bootstrap,
    String topic,
    String jdbc,
    String user,
    String password,
    String schema,
    Path directory,
    int parallelism,
    String guarantee,
    int commitMs) {

  private static final Set<String> NAMES =
      Set.of(
          "bootstrap",
          "topic",
          "jdbc",
          "user",
          "schema",
          "directory",
          "parallelism",
          "guarantee",
          "commit-ms");

  /**
   * Reads {@code --name=value} arguments.
   *
   * @throws IllegalArgumentException if one is unknown or missing
   */
  static Options of(String[] arguments, String password) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals > 2 && argument.startsWith("--") ? argument.substring(2, equals) : "";
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(argument + " is none of the options: " + NAMES);
      }
      given.put(name, argument.substring(equals + 1));
    }
    return new Options(
        required(given, "bootstrap"),
        required(given, "topic"),
        required(given, "jdbc"),
        required(given, "user"),
        password == null ? "" : password,
        required(given, "schema"),
        Path.of(required(given, "directory")),
        Integer.parseInt(given.getOrDefault("parallelism", "2")),
        given.getOrDefault("guarantee", "at_least_once"),
        Integer.parseInt(given.getOrDefault("commit-ms", "1000")));
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }
}
