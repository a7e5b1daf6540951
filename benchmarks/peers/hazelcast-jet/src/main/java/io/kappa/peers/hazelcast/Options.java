package io.kappa.peers.hazelcast;

import com.hazelcast.jet.config.ProcessingGuarantee;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The arguments.
 *
 * @param parallelism how many cooperative threads, and how many processors of a kind
 */
record Options(
    String bootstrap, String topic, Tables tables, int parallelism, ProcessingGuarantee guarantee) {

  /**
   * Reads {@code --name=value}; names that it doesn't know, like {@code --directory}, are left out.
   *
   * @throws IllegalArgumentException if one isn't of that form or is missing
   */
  static Options of(String[] args, String password) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException(arg + ": arguments are --name=value");
      }
      given.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
    return new Options(
        required(given, "bootstrap"),
        required(given, "topic"),
        new Tables(
            required(given, "jdbc"), required(given, "user"), password, required(given, "schema")),
        Integer.parseInt(given.getOrDefault("parallelism", "2")),
        guarantee(given.getOrDefault("guarantee", "at-least-once")));
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  private static ProcessingGuarantee guarantee(String text) {
    return ProcessingGuarantee.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
