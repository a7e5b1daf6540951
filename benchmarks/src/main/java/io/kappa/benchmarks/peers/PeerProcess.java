package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.OwnStack;
import io.kappa.benchmarks.ProcessUse;
import io.kappa.local.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender's JVM, from its start to its end. */
final class PeerProcess implements AutoCloseable {

  static final String SCHEMA = "peer";

  private static final int LINES = 5;
  private static final long LOOK_EVERY_MS = 50;

  private final Contender contender;
  private final Path said;
  private final Process process;
  private final long begun = System.nanoTime();
  private ProcessUse use = new ProcessUse(0, 0, 0);

  /**
   * What it reads, and where it writes.
   *
   * @param scratch an empty directory for state and the like
   */
  record Ends(
      String bootstrap, String topic, String jdbcUrl, String user, String password, Path scratch) {

    static Ends of(OwnStack stack) {
      Endpoints endpoints = stack.endpoints();
      return new Ends(
          endpoints.kafkaBootstrap(),
          "activity",
          endpoints.jdbcUrl(),
          Endpoints.OWNER,
          endpoints.password(Endpoints.OWNER),
          stack.scratch());
    }
  }

  PeerProcess(Contender contender, Ends ends, int parallelism) {
    this.contender = contender;
    this.said = ends.scratch().resolveSibling(ends.scratch().getFileName() + ".said");
    List<String> command = new ArrayList<>(contender.command());
    command.addAll(
        List.of(
            "--bootstrap=" + ends.bootstrap(),
            "--topic=" + ends.topic(),
            "--jdbc=" + ends.jdbcUrl(),
            "--user=" + ends.user(),
            "--schema=" + SCHEMA,
            "--directory=" + ends.scratch(),
            "--parallelism=" + parallelism));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("PEER_PASSWORD", ends.password());
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new BenchmarkException("%s can't be started".formatted(contender.name()), e);
    }
  }

  /** Seconds since its start. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** What it has used by when it was last looked at. */
  ProcessUse use() {
    return use;
  }

  /**
   * Looks whether it runs.
   *
   * @throws BenchmarkException if it ended too early, or in a bad way
   */
  boolean isRunning() {
    if (process.isAlive()) {
      ProcessUse now = ProcessUse.of(process.toHandle());
      // One that is just ending has no memory any more.
      use =
          new ProcessUse(
              Math.max(use.cpuSeconds(), now.cpuSeconds()),
              now.memoryMb(),
              Math.max(use.peakMb(), now.peakMb()));
      return true;
    }
    if (!contender.ends() || process.exitValue() != 0) {
      throw new BenchmarkException(
          "%s ended with %d: %s".formatted(contender.name(), process.exitValue(), lastLines()));
    }
    return false;
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return how many seconds it took
   * @throws BenchmarkException if it takes longer, or ends in a bad way
   */
  double untilEnd(Duration most) {
    while (isRunning()) {
      requireWithin(most);
      rest(LOOK_EVERY_MS);
    }
    return seconds();
  }

  /**
   * @throws BenchmarkException if it has taken longer
   */
  void requireWithin(Duration most) {
    if (seconds() > most.toSeconds()) {
      throw new BenchmarkException(
          "It wasn't through after %d s: %s".formatted(most.toSeconds(), lastLines()));
    }
  }

  static void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readString(said).strip().lines().toList();
      return String.join("; ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "nothing that can be read";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw BenchmarkException.interrupted(e);
    }
  }
}
