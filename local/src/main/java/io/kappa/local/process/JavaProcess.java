package io.kappa.local.process;

import io.kappa.local.StackException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A main class run on the jars of a directory in a JVM of its own. */
public final class JavaProcess {

  private final Path lib;
  private final String main;
  private final List<String> arguments;
  private final List<String> options = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();

  /**
   * @param lib directory of its jars
   * @param main its main class
   * @throws StackException if the directory isn't there
   */
  public JavaProcess(Path lib, String main, List<String> arguments) {
    if (!Files.isDirectory(lib)) {
      throw new StackException(
          "The distribution isn't there: no directory %s".formatted(lib),
          "build it with 'make build' or 'mvn package -DskipTests'");
    }
    this.lib = lib;
    this.main = main;
    this.arguments = List.copyOf(arguments);
  }

  /** The arguments by which a process of that name in that data directory is known. */
  public static List<String> marks(Path data, String name) {
    return List.of("-Dkappa.data=" + data, "-Dkappa.part=" + name);
  }

  /** Marks the process as that part of the stack with that data directory. */
  public JavaProcess marked(Path data, String name) {
    options.addAll(marks(data, name));
    return this;
  }

  /** Limits its heap, in MiB. */
  public JavaProcess heap(int mb) {
    return option("-Xmx%dm".formatted(mb));
  }

  /** Puts jars on the class path, before those of the directory. */
  public JavaProcess jars(List<Path> jars) {
    jars.forEach(jar -> classPath.add(jar.toString()));
    return this;
  }

  /** Adds an option of the JVM. */
  public JavaProcess option(String option) {
    options.add(option);
    return this;
  }

  /** Adds options of the JVM. */
  public JavaProcess options(List<String> more) {
    options.addAll(more);
    return this;
  }

  /**
   * Logs as that resource on the class path says, which finds the file to write in the system
   * property {@code log.file}.
   */
  public JavaProcess log4j(Path data, String name, String resource) {
    Path file = data.resolve("run").resolve(name + "-log4j2.properties");
    try (InputStream in = JavaProcess.class.getResourceAsStream(resource)) {
      DurableFile.write(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log4j(file, data.resolve("logs").resolve(name + ".log"));
  }

  /** Logs into {@code log} as the configuration file says. */
  public JavaProcess log4j(Path configuration, Path log) {
    return option("-Dlog.file=" + log)
        .option("-Dlog4j.configurationFile=" + configuration)
        .option("-Dlog4j2.configurationFile=" + configuration);
  }

  /** The command to start it as a daemon. */
  public Launch launch(Path directory) {
    return new Launch(command(), Map.of(), directory);
  }

  /** The whole command line. */
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Launch.java());
    command.addAll(options);
    command.add("-cp");
    List<String> whole = new ArrayList<>(classPath);
    whole.add(lib + "/*");
    command.add(String.join(File.pathSeparator, whole));
    command.add(main);
    command.addAll(arguments);
    return command;
  }
}
