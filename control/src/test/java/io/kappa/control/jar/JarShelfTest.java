package io.kappa.control.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarShelfTest {

  @TempDir private Path directory;

  @Test
  void aRebuildDoesNotChangeTheJarThatAVersionKeeps() throws IOException {
    Path built = Files.writeString(directory.resolve("built.jar"), "first");
    JarShelf shelf = new JarShelf(directory.resolve("jars"));
    JarShelf.Kept kept = shelf.keep(built);

    Files.writeString(built, "second");

    assertThat(Files.readString(kept.path())).isEqualTo("first");
    assertThat(shelf.isAnother(built, kept.sha256())).isTrue();
    assertThat(shelf.isAnother(kept.path(), kept.sha256())).isFalse();
  }

  @Test
  void theSameJarIsKeptOnce() throws IOException {
    Path built = Files.writeString(directory.resolve("built.jar"), "first");
    JarShelf shelf = new JarShelf(directory.resolve("jars"));

    assertThat(shelf.keep(built)).isEqualTo(shelf.keep(built));
    try (Stream<Path> kept = Files.list(directory.resolve("jars"))) {
      assertThat(kept.map(path -> path.getFileName().toString()))
          .containsExactly("a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e.jar");
    }
  }
}
