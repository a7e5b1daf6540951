package io.kappa.benchmarks;

import io.kappa.local.Endpoints;
import io.kappa.local.Part;
import io.kappa.local.PartStatus;
import io.kappa.local.Stack;
import io.kappa.local.StackConfig;
import io.kappa.local.process.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A stack for one measurement: free ports, data in a temporary directory below {@code target}, on
 * the disk where a stack's data usually are. It is driven by the command {@code kappa} as people do
 * it, and ends with {@link #close} or with this process, data and all.
 */
public final class OwnStack implements AutoCloseable {

  private static final long MOST_MINUTES_A_COMMAND = 10;

  private final Path home;
  private final Path directory;
  private final Stack stack;
  private final AtomicReference<Process> command = new AtomicReference<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicBoolean jvmEnds = new AtomicBoolean();
  private final Thread hook = new Thread(this::end, "end the stack");

  private OwnStack(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
    this.stack = Stack.of(StackConfig.of(home).withData(directory.resolve("data")));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * A stack without data that isn't up yet.
   *
   * @param home the checkout
   */
  public static OwnStack empty(Path home) {
    try {
      Path all = Files.createDirectories(home.resolve("target/bench"));
      return new OwnStack(home, Files.createTempDirectory(all, "stack"));
    } catch (IOException e) {
      throw new BenchmarkException("There is no room for a stack below " + home, e);
    }
  }

  /** Another stack with a copy of this one's data. This one must be down. */
  public OwnStack copy() {
    OwnStack copy = empty(home);
    copy.run(
        List.of(
            "cp", "-a", stack.config().data().toString(), copy.stack.config().data().toString()));
    return copy;
  }

  public void up() {
    kappa("up", "--kafka-port=0", "--postgres-port=0", "--flink-port=0", "--zookeeper-port=0");
  }

  public void down() {
    kappa("down");
  }

  /** Starts what was killed. */
  void upAgain() {
    kappa("up");
  }

  /** Kills a part as a crash would. */
  void kill(Part part) {
    stack.kill9(part);
  }

  /**
   * Gives {@code ./kappa} a command and waits until it's done.
   *
   * @return what it printed as its answer, not what it said on the way
   * @throws BenchmarkException if it fails, with what it said last
   */
  public String kappa(String... arguments) {
    List<String> whole = new ArrayList<>(List.of(home.resolve("kappa").toString()));
    whole.addAll(List.of(arguments));
    return run(whole);
  }

  private String run(List<String> whole) {
    Path printed = directory.resolve("printed");
    Path said = directory.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(home.toFile())
            .redirectError(said.toFile())
            .redirectOutput(printed.toFile());
    builder.environment().put("KAPPA_DATA", stack.config().data().toString());
    try {
      Process process = start(builder);
      boolean ended = process.waitFor(MOST_MINUTES_A_COMMAND, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0) {
        throw new BenchmarkException(
            "'%s' %s: %s"
                .formatted(
                    String.join(" ", whole.subList(1, whole.size())),
                    ended ? "failed with " + process.exitValue() : "didn't end",
                    lastLines(Files.readString(said))));
      }
      return Files.readString(printed).strip();
    } catch (IOException e) {
      throw new BenchmarkException("%s can't be run".formatted(whole.get(0)), e);
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
  }

  /** Where a command of kappa says why and what to do; before are its steps. */
  private static String lastLines(String text) {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    if (jvmEnds.get()) {
      throw new BenchmarkException("The benchmark is being ended");
    }
    Process process = builder.start();
    command.set(process);
    return process;
  }

  /** Where its parts answer, once it was up. */
  public Endpoints endpoints() {
    return stack
        .endpoints()
        .orElseThrow(() -> new BenchmarkException("The stack was never up; call up first"));
  }

  /** Its processes. */
  public List<PartStatus> parts() {
    return stack.status();
  }

  /** A connection as those have it who read the tables. */
  public Connection reader() {
    return connection(Endpoints.READER);
  }

  /** A connection as one of the roles. */
  public Connection connection(String role) {
    Properties login = new Properties();
    login.setProperty("user", role);
    login.setProperty("password", endpoints().password(role));
    try {
      return DriverManager.getConnection(endpoints().jdbcUrl(), login);
    } catch (SQLException e) {
      throw new BenchmarkException("The serving store lets no %s in".formatted(role), e);
    }
  }

  /** An empty directory that goes with the stack. */
  public Path scratch() {
    try {
      return Files.createTempDirectory(directory, "scratch");
    } catch (IOException e) {
      throw new BenchmarkException("There is no room below " + directory, e);
    }
  }

  /** Says that it did what it was for: nobody will want to read its logs. */
  public void done() {
    done.set(true);
  }

  /** Kills its processes and deletes its data; the logs of one that failed are kept. */
  @Override
  public void close() {
    if (!done.get() && !jvmEnds.get()) {
      keepLogs();
    }
    destroy();
    if (!jvmEnds.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void keepLogs() {
    Path logs = stack.config().data().resolve("logs");
    Path kept = directory.resolveSibling("logs-of-" + directory.getFileName());
    try {
      if (Files.isDirectory(logs)) {
        Files.move(logs, kept);
        System.err.println("       the logs are in " + kept);
      }
    } catch (IOException e) {
      throw new BenchmarkException("The logs can't be kept in " + kept, e);
    }
  }

  /** A command in the middle of its work could start what was ended already, so it goes first. */
  private synchronized void end() {
    jvmEnds.set(true);
    Process process = command.get();
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
    stack.down(line -> {});
    destroy();
  }

  private synchronized void destroy() {
    stack.destroy();
    Tree.delete(directory);
  }
}
