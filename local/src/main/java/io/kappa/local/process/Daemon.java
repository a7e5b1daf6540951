package io.kappa.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A process of the stack: what to run, and how to tell that it works. */
public interface Daemon {

  /** Name of its log and pid file, unique in a stack. */
  String name();

  /** The port it answers on, where it has one that others know. */
  OptionalInt port();

  /** What the port is called where it is set: {@code KAFKA} in {@code KAPPA_KAFKA_PORT}. */
  default String portName() {
    return name().toUpperCase(Locale.ROOT);
  }

  /** What must be in place before it can run. Called only when it doesn't run. */
  void prepare();

  /** What to run; asked after {@link #prepare}. */
  Launch launch();

  /** Arguments of its command line that no other process has, in this data directory. */
  List<String> marks();

  /** Whether it does what it is for, now. */
  boolean answers();

  /** What is left to do once it answers; may be called again. */
  default void settle() {}

  /** Processes that its main process has left behind, after that was killed. */
  default List<ProcessId> leftovers() {
    return List.of();
  }

  /** The signal that ends it in good order. */
  default String stopSignal() {
    return "TERM";
  }

  /** How long it may take to answer. */
  default Duration startLimit() {
    return Duration.ofSeconds(90);
  }

  /** How long it may take to end before it is killed. */
  default Duration stopLimit() {
    return Duration.ofSeconds(20);
  }

  /** The file to read when it doesn't work. */
  default Path log(Path logs) {
    return logs.resolve(name() + ".log");
  }
}
