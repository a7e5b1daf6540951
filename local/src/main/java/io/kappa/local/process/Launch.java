package io.kappa.local.process;

import io.kappa.local.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A command to run as a process that outlives this one.
 *
 * @param command program and arguments
 * @param environment variables added to this process's own
 * @param directory working directory
 */
public record Launch(List<String> command, Map<String, String> environment, Path directory) {

  /** Makes the collections immutable. */
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The {@code java} that runs this code. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts it away from this terminal, both streams into {@code log}; the last log is kept. */
  ProcessId start(Path log) {
    List<String> detached = new ArrayList<>(detaching());
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.getParent());
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      Process process = builder.start();
      return ProcessId.of(process.pid())
          .orElseThrow(
              () ->
                  new StackException("%s ended at once".formatted(command.get(0)), "read " + log));
    } catch (IOException e) {
      throw new StackException(
          "%s can't be run (%s)".formatted(command.get(0), e.getMessage()),
          "build the distribution with 'mvn package'",
          e);
    }
  }

  /**
   * Runs it to its end, as a part of this terminal.
   *
   * @param log where both its streams go
   * @throws StackException if it can't be run or fails
   */
  public void runToEnd(Path log) {
    try {
      Files.createDirectories(log.getParent());
      Files.createDirectories(directory);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new StackException(
            "%s failed with exit code %d (%s)"
                .formatted(
                    command.get(0), exit, LogFile.lastLine(log, "").orElse("it said nothing")),
            "read " + log);
      }
    } catch (IOException e) {
      throw new StackException(
          "%s can't be run (%s)".formatted(command.get(0), e.getMessage()),
          "make sure that it is there, and that %s is writable".formatted(log.getParent()),
          e);
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  // Ctrl-C goes to the whole process group of the terminal; a session of its own is out of reach.
  private static List<String> detaching() {
    boolean setsid =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "setsid")));
    return setsid
        ? List.of("setsid")
        : List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "detached");
  }
}
