package io.kappa.control;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** A jar that does the same as another one, and isn't it. */
public final class AnotherJar {

  private AnotherJar() {}

  /**
   * Makes one.
   *
   * @param note what makes it another
   */
  public static Path of(Path jar, String note, Path directory) throws IOException {
    Path other = directory.resolve(note + ".jar");
    Files.copy(jar, other);
    try (FileSystem files = FileSystems.newFileSystem(other)) {
      Files.writeString(files.getPath("note.txt"), note);
    }
    return other;
  }
}
