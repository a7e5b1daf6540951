package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.local.process.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkpoint that stays to be looked at, though a running job replaces it within seconds: second
 * names of its own files. What describes its state is among them; files that it shares with others
 * aren't.
 *
 * @param path where the second names are
 */
public record HeldCheckpoint(Path path) implements AutoCloseable {

  /**
   * Holds one, if it is there still.
   *
   * @param checkpoint as the engine names it
   * @param beside a directory of the same file system
   * @throws NoSuchFileException if it has gone meanwhile
   */
  static HeldCheckpoint of(String checkpoint, Path beside) throws IOException {
    Path directory = Path.of(URI.create(checkpoint));
    HeldCheckpoint held =
        new HeldCheckpoint(
            Files.createTempDirectory(Files.createDirectories(beside), "checkpoint"));
    try {
      List<Path> files;
      try (Stream<Path> all = Files.list(directory)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        Files.createLink(held.path().resolve(file.getFileName()), file);
      }
      if (!Files.exists(held.path().resolve("_metadata"))) {
        throw new NoSuchFileException(directory.toString());
      }
      return held;
    } catch (IOException e) {
      held.close();
      throw e;
    }
  }

  static Refusal unreadable(Path directory, IOException cause) {
    return new Refusal(
        "Checkpoints in %s can't be read".formatted(directory),
        "see whether this user may, and whether the disk has room",
        cause);
  }

  @Override
  public void close() {
    Tree.delete(path);
  }
}
