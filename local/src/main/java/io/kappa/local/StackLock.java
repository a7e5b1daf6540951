package io.kappa.local;

import io.kappa.local.process.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Lets one command at a time change a stack; the system frees it when its holder dies. */
final class StackLock implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws StackException if another command holds it for too long
   */
  static StackLock take(Path data, Consumer<String> progress) {
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(
              data.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel).isEmpty()) {
        progress.accept("waiting for another command that changes this stack");
        AtomicReference<Optional<FileLock>> lock = new AtomicReference<>(Optional.empty());
        if (!Waiting.until(
            LIMIT,
            () -> {
              lock.set(lock(channel));
              return lock.get().isPresent();
            })) {
          channel.close();
          throw new StackException(
              "Another command has been changing the stack in %s for %d minutes"
                  .formatted(data, LIMIT.toMinutes()),
              "wait for it, or end it, then give this one again");
        }
      }
      return new StackLock(channel);
    } catch (IOException e) {
      throw new StackException(
          "The data directory %s can't be used (%s)".formatted(data, e.getMessage()),
          "make it writable, or choose another one",
          e);
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      // Another thread of this very process holds it.
      return Optional.empty();
    } catch (IOException e) {
      throw new StackException(
          "The stack can't be locked (%s)".formatted(e.getMessage()),
          "keep the data directory on a local file system",
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackException(
          "The stack can't be unlocked (%s)".formatted(e.getMessage()), "end this process", e);
    }
  }
}
