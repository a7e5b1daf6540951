package io.kappa.local.process;

import io.kappa.local.PartStatus.State;
import io.kappa.local.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts, finds and ends the process of one {@link Daemon}. */
public final class Supervisor {

  private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

  private final Daemon daemon;
  private final String host;
  private final Path logs;
  private final PidFile pidFile;

  /**
   * @param data the stack's data directory; logs and pid files are kept there
   * @param host the address the daemon listens on
   */
  public Supervisor(Daemon daemon, Path data, String host) {
    this.daemon = daemon;
    this.host = host;
    this.logs = data.resolve("logs");
    this.pidFile = new PidFile(data.resolve("run").resolve(daemon.name() + ".pid"));
  }

  /** What it supervises. */
  public Daemon daemon() {
    return daemon;
  }

  /** The process, if it runs. */
  public Optional<ProcessId> running() {
    return pidFile.read().filter(ProcessId::isAlive);
  }

  /** Whether it runs, died, or was stopped. */
  public State state() {
    if (pidFile.read().isEmpty()) {
      return State.STOPPED;
    }
    return running().isPresent() ? State.RUNNING : State.DEAD;
  }

  /**
   * Starts the process if there is none, and waits until it answers.
   *
   * @throws StackException if its port is taken or it doesn't come up
   */
  public void start(Consumer<String> progress) {
    Optional<ProcessId> found = running().or(this::adopt);
    if (found.isEmpty()) {
      progress.accept("starting " + daemon.name());
      requireFreePort();
      daemon.prepare();
      pidFile.write(daemon.launch().start(log()));
    }
    awaitAnswer();
    daemon.settle();
    progress.accept(daemon.name() + (found.isEmpty() ? " is up" : " runs already"));
  }

  /** Asks the process to end, and kills it if it doesn't. Does nothing if none runs. */
  public void stop(Consumer<String> progress) {
    running()
        .or(this::adopt)
        .ifPresent(
            process -> {
              progress.accept("stopping " + daemon.name());
              process.signal(daemon.stopSignal());
              if (!process.goneWithin(daemon.stopLimit())) {
                progress.accept(daemon.name() + " didn't stop, killing it");
                kill(process);
              }
            });
    daemon.leftovers().forEach(this::kill);
    pidFile.delete();
  }

  /** Kills the process and what it leaves behind, and forgets it. */
  public void destroy() {
    kill9();
    daemon.leftovers().forEach(this::kill);
    pidFile.delete();
  }

  /** Kills the process, as {@code kill -9} does. Does nothing if none runs. */
  public void kill9() {
    running().ifPresent(this::kill);
  }

  private void kill(ProcessId process) {
    process.signal("KILL");
    if (!process.goneWithin(KILL_LIMIT)) {
      throw new StackException(
          "Process %d of %s can't be killed".formatted(process.pid(), daemon.name()),
          "look at it with 'ps %d'".formatted(process.pid()));
    }
  }

  /** A process of ours that was started by a command that died before it wrote the pid down. */
  private Optional<ProcessId> adopt() {
    Optional<ProcessId> found = ProcessTable.withArguments(daemon.marks()).stream().findFirst();
    found.ifPresent(pidFile::write);
    return found;
  }

  private void requireFreePort() {
    daemon
        .port()
        .ifPresent(
            port -> {
              // The kernel may still be closing what a killed process left.
              if (!Waiting.until(Duration.ofSeconds(2), () -> FreePort.isFree(host, port))) {
                throw new StackException(
                    "Port %d for %s is taken by another process".formatted(port, daemon.name()),
                    "stop that process, or set another port with KAPPA_%s_PORT (0 takes a free one)"
                        .formatted(daemon.portName()));
              }
            });
  }

  private void awaitAnswer() {
    boolean answered =
        Waiting.until(
            daemon.startLimit(),
            () -> {
              if (running().isEmpty()) {
                throw new StackException(
                    "%s ended while it started (%s)".formatted(daemon.name(), lastWords()),
                    "read " + daemon.log(logs));
              }
              return daemon.answers();
            });
    if (!answered) {
      throw new StackException(
          "%s runs but didn't answer within %d s (%s)"
              .formatted(daemon.name(), daemon.startLimit().toSeconds(), lastTrouble()),
          "read " + daemon.log(logs));
    }
  }

  private Path log() {
    return logs.resolve(daemon.name() + ".out");
  }

  /** What it said last on its streams, or the last error in its log. */
  private String lastWords() {
    return LogFile.lastLine(log(), "")
        .or(() -> LogFile.lastLine(daemon.log(logs), "ERROR"))
        .orElse("it said nothing");
  }

  /** What it has complained of last, or else said last. */
  private String lastTrouble() {
    return LogFile.lastLine(daemon.log(logs), "ERROR", "WARN")
        .or(() -> LogFile.lastLine(daemon.log(logs), ""))
        .orElse("it said nothing");
  }
}
