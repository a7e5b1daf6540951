package io.kappa.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kappa.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Flink's settings by key, read from files of which later ones win. */
public record FlinkSettings(Map<String, String> values) {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Copies the map, sorted by key. */
  public FlinkSettings {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * The settings of these files of a directory.
   *
   * @throws StackException if one can't be read
   */
  public static FlinkSettings read(Path directory, List<String> files) {
    TreeMap<String, String> all = new TreeMap<>();
    for (String name : files) {
      Path file = directory.resolve(name);
      try {
        flatten("", YAML.readTree(Files.readString(file)), all);
      } catch (IOException e) {
        throw new StackException(
            "Flink's settings can't be read from %s (%s)".formatted(file, e.getMessage()),
            "put the file back, or mend it",
            e);
      }
    }
    return new FlinkSettings(all);
  }

  /** These with others on top. */
  public FlinkSettings with(Map<String, String> others) {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.putAll(others);
    return new FlinkSettings(all);
  }

  /** Options for the JVMs of all processes and of the client. */
  public List<String> javaOptions() {
    return words("env.java.opts.all");
  }

  /** Options for the JVMs of TaskManagers, beside those for all. */
  public List<String> taskManagerOptions() {
    return words("env.java.opts.taskmanager");
  }

  /** Options for the JVM of the JobManager, beside those for all. */
  public List<String> jobManagerOptions() {
    return words("env.java.opts.jobmanager");
  }

  private List<String> words(String key) {
    return Arrays.stream(values.getOrDefault(key, "").split(" ", -1))
        .filter(option -> !option.isBlank())
        .toList();
  }

  /** As a {@code config.yaml} that Flink reads. */
  public String yaml() {
    return values.entrySet().stream()
        .map(entry -> "%s: %s%n".formatted(entry.getKey(), quoted(entry.getValue())))
        .collect(
            Collectors.joining("", "# Written at each start; change flink-conf/ instead.\n", ""));
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              if (entry.getValue().isObject()) {
                flatten(key + ".", entry.getValue(), into);
              } else {
                into.put(key, entry.getValue().asText());
              }
            });
  }
}
