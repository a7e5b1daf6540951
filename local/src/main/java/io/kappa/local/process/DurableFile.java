package io.kappa.local.process;

import io.kappa.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes small files so that a reader sees the old content or the new, also after a crash. */
public final class DurableFile {

  private DurableFile() {}

  /** Replaces the file's content; directories above it are created. */
  public static void write(Path file, String content) {
    write(file, content, "rw-r--r--");
  }

  /** As {@link #write(Path, String)}, readable by the owner only. */
  public static void writeSecret(Path file, String content) {
    write(file, content, "rw-------");
  }

  private static void write(Path file, String content, String mode) {
    try {
      Files.createDirectories(file.getParent());
      Path part =
          Files.createTempFile(
              file.getParent(),
              file.getFileName() + ".",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
      Files.writeString(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackException(
          "%s can't be written (%s)".formatted(file, e.getMessage()),
          "make its directory writable, or choose another data directory",
          e);
    }
  }
}
