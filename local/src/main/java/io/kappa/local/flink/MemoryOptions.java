package io.kappa.local.flink;

import io.kappa.local.StackException;
import io.kappa.local.process.DurableFile;
import io.kappa.local.process.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How Flink splits a process's memory, as its own start scripts work it out.
 *
 * @param jvm options of the JVM, as {@code -Xmx}
 * @param settings the split as arguments of the main class
 */
record MemoryOptions(List<String> jvm, List<String> settings) {

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  /** For whom the memory is split. */
  enum Owner {
    JOBMANAGER("GET_JM_RESOURCE_PARAMS"),
    TASKMANAGER("GET_TM_RESOURCE_PARAMS");

    private final String command;

    Owner(String command) {
      this.command = command;
    }
  }

  /** Works the split out, or takes the last one if the settings are the same. */
  static MemoryOptions of(FlinkHome home, FlinkSettings settings, Owner owner) {
    Path remembered =
        home.data().resolve("run").resolve(owner.name().toLowerCase(Locale.ROOT) + ".memory");
    String key = Integer.toHexString(settings.yaml().hashCode());
    try {
      if (Files.exists(remembered)) {
        List<String> lines = Files.readAllLines(remembered);
        if (lines.size() == 3 && lines.get(0).equals(key)) {
          return parse(lines.subList(1, 3));
        }
      }
      List<String> lines = ask(home, owner);
      DurableFile.write(remembered, key + "\n" + String.join("\n", lines) + "\n");
      return parse(lines);
    } catch (IOException e) {
      throw new StackException(
          "Flink's memory can't be worked out (%s)".formatted(e.getMessage()),
          "is %s readable?".formatted(remembered),
          e);
    }
  }

  private static List<String> ask(FlinkHome home, Owner owner) throws IOException {
    Path log = home.data().resolve("logs").resolve("flink-memory-" + owner.command + ".out");
    new JavaProcess(
            home.lib(),
            "org.apache.flink.runtime.util.bash.BashJavaUtils",
            List.of(owner.command, "--configDir", home.conf().toString()))
        .options(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"))
        .launch(home.data())
        .runToEnd(log);
    List<String> lines =
        Files.readAllLines(log, StandardCharsets.UTF_8).stream()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()))
            .toList();
    if (lines.size() != 2) {
      throw new IOException("%d lines of result in %s, expected 2".formatted(lines.size(), log));
    }
    return lines;
  }

  private static MemoryOptions parse(List<String> lines) {
    return new MemoryOptions(words(lines.get(0)), words(lines.get(1)));
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split(" ", -1)).filter(word -> !word.isBlank()).toList();
  }
}
