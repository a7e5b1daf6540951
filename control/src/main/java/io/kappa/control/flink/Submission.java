package io.kappa.control.flink;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job to hand in.
 *
 * @param arguments of the jar's main method
 * @param configuration Flink's settings for this job alone
 * @param restoreFrom checkpoint or savepoint to begin from; without one it begins with empty state
 */
public record Submission(
    Path jar,
    List<String> arguments,
    Map<String, String> configuration,
    Optional<String> restoreFrom) {

  /** The same thing said as a command of Flink's own front end. */
  public String commandLine() {
    StringBuilder line = new StringBuilder("flink run -d");
    restoreFrom.ifPresent(path -> line.append(" -s ").append(word(path)));
    configuration.forEach((key, value) -> line.append(" -D ").append(word(key + "=" + value)));
    line.append(' ').append(word(jar.toString()));
    arguments.forEach(argument -> line.append(' ').append(word(argument)));
    return line.toString();
  }

  private static String word(String text) {
    return text.matches("[A-Za-z0-9_./:=@,+%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
