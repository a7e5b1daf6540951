package io.kappa.control.export;

import io.kappa.control.Refusal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a file and its manifest go.
 *
 * @param file absolute
 * @param replace whether a file that is there may go
 */
public record Destination(Path file, boolean replace) {

  private static final String MANIFEST_ENDING = ".manifest.json";

  public Destination {
    file = file.toAbsolutePath().normalize();
  }

  /** Beside the file. */
  public Path manifest() {
    return file.resolveSibling(file.getFileName() + MANIFEST_ENDING);
  }

  /**
   * @throws Refusal if nothing can be written there, or something is there that may not go
   */
  public void check() {
    if (file.getFileName() == null || Files.isDirectory(file)) {
      throw new Refusal(
          "%s is a folder".formatted(file), "name a file in it, such as table.parquet");
    }
    if (!Files.isDirectory(file.getParent())) {
      throw new Refusal(
          "There is no folder %s".formatted(file.getParent()), "make it, or name another one");
    }
    for (Path path : List.of(file, manifest())) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        checkReplaceable(path);
      }
    }
  }

  private void checkReplaceable(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new Refusal("%s is no ordinary file".formatted(path), "name another file");
    }
    if (!replace) {
      throw new Refusal(
          "%s is there already".formatted(path), "name another file; --force replaces it");
    }
  }
}
