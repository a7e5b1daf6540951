package io.kappa.control.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who gives commands: each is a process, as the script starts it, and can be killed. */
final class Operator {

  private final Path home;
  private final Path data;
  private final Path output;
  private final AtomicInteger given = new AtomicInteger();
  private final Set<Process> started = ConcurrentHashMap.newKeySet();

  /**
   * @param home where {@code target/kappa} is
   * @param data the stack's
   * @param output a directory for what the commands print
   */
  Operator(Path home, Path data, Path output) {
    this.home = home;
    this.data = data;
    this.output = output;
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> started.forEach(Process::destroyForcibly), "commands-end"));
  }

  /** Starts a command; the audit trail calls who gave it by a name that no other command has. */
  Call give(List<String> words) {
    String actor = "op-" + given.incrementAndGet();
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(List.of("-Xshare:auto", "-Duser.name=" + actor));
    line.addAll(List.of("-Dkappa.home=" + home, "-Dkappa.data=" + data, "-Dkappa.terminal=false"));
    line.addAll(List.of("-cp", home.resolve("target/kappa/lib/cli") + "/*"));
    line.add("io.kappa.control.cli.Kappa");
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("KAPPA_"));
    Path out = output.resolve(actor + ".out");
    Path err = output.resolve(actor + ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      return new Call(actor, words, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a command and waits for its end. */
  Outcome run(Duration limit, String... words) throws InterruptedException {
    return give(List.of(words)).await(limit);
  }

  /** A command that was given. */
  static final class Call {

    private final String actor;
    private final List<String> words;
    private final Process process;
    private final Path out;
    private final Path err;
    private final long began = System.nanoTime();
    private volatile boolean killed;

    private Call(String actor, List<String> words, Process process, Path out, Path err) {
      this.actor = actor;
      this.words = words;
      this.process = process;
      this.out = out;
      this.err = err;
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Ends it as {@code kill -9} does; nothing happens if it has ended. */
    void kill9() {
      if (process.isAlive()) {
        killed = true;
        process.destroyForcibly();
      }
    }

    /** Lets it run for that time, and kills it if it still does. */
    Outcome killAfter(Duration time) throws InterruptedException {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        kill9();
      }
      return await(Duration.ofSeconds(10));
    }

    /** Waits for its end. */
    Outcome await(Duration limit) throws InterruptedException {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill9();
        process.waitFor();
        throw new AssertionError(
            "%s %s didn't end in %d s: %s%s"
                .formatted(actor, words, limit.toSeconds(), text(out), text(err)));
      }
      int code = killed ? Outcome.KILLED : process.exitValue();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      return new Outcome(actor, words, code, text(out), text(err), millis);
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
