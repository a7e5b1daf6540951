package io.kappa.local.process;

import io.kappa.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same pid by when it was born.
 *
 * @param pid the process id
 * @param birth on Linux the boot and the clock tick of its start, which no change of the wall clock
 *     moves; elsewhere its start instant
 */
public record ProcessId(long pid, String birth) {

  private static final Path PROC = Path.of("/proc");

  /** The process that has this pid now, if one is alive. */
  public static Optional<ProcessId> of(long pid) {
    return Files.isDirectory(PROC.resolve("self")) ? fromProc(pid) : fromHandle(pid);
  }

  /** What {@link #text} wrote, if it is whole. */
  public static Optional<ProcessId> parse(String text) {
    String[] words = text.strip().split(" ", 2);
    return words.length == 2 && words[0].matches("\\d{1,18}")
        ? Optional.of(new ProcessId(Long.parseLong(words[0]), words[1]))
        : Optional.empty();
  }

  /** One line that names it, to be kept in a file. */
  public String text() {
    return pid + " " + birth + "\n";
  }

  /** Whether this very process is alive; a zombie isn't. */
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** Sends it a signal ({@code TERM}, {@code INT}, {@code KILL}), unless it is gone already. */
  public void signal(String signal) {
    if (!isAlive()) {
      return;
    }
    if (signal.equals("KILL")) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException(
          "Process %d can't be sent SIG%s".formatted(pid, signal), "is 'kill' on the PATH?", e);
    } catch (InterruptedException e) {
      throw Waiting.interrupted(e);
    }
  }

  /** Whether it is gone within that time. */
  public boolean goneWithin(Duration limit) {
    return Waiting.until(limit, () -> !isAlive());
  }

  private static Optional<ProcessId> fromProc(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // The name in parentheses may itself hold spaces and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return Optional.of(new ProcessId(pid, boot + "/" + fields[19]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ProcessId> fromHandle(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> new ProcessId(pid, start.toString()));
  }
}
