package io.kappa.control.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingFileTest {

  /** More than any system gives to a process. */
  private static final String NOBODY = "99999999999";

  @TempDir private Path directory;
  private Path target;

  @BeforeEach
  void name() {
    target = directory.resolve("table.csv");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static String part(long process) {
    return ".table.csv.%d-part".formatted(process);
  }

  @Test
  void itGetsItsNameOnlyWhenItIsComplete() throws Exception {
    try (PendingFile file = PendingFile.of(target)) {
      file.out().write("abc".getBytes(UTF_8));
      file.out().close();
      assertThat(names()).containsExactly(part(ProcessHandle.current().pid()));
      file.complete();
      assertThat(target).doesNotExist();

      file.publish();

      assertThat(file.digest())
          .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
    assertThat(names()).containsExactly("table.csv");
    assertThat(target).hasContent("abc");
  }

  @Test
  void whatIsNotCompletedLeavesNothingAndLetsTheOldFileBe() throws Exception {
    Files.writeString(target, "old");

    try (PendingFile file = PendingFile.of(target)) {
      file.out().write("half".getBytes(UTF_8));
      file.out().flush();
    }

    assertThat(names()).containsExactly("table.csv");
    assertThat(target).hasContent("old");
  }

  @Test
  void whatAKilledProcessLeftGoesAndWhatOthersWriteStays() throws Exception {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    for (String name :
        List.of(
            ".table.csv.%s-part".formatted(NOBODY),
            part(ProcessHandle.current().pid()),
            part(parent),
            ".other.csv.%s-part".formatted(NOBODY),
            ".table.csv.x-part")) {
      Files.writeString(directory.resolve(name), "half");
    }

    PendingFile.of(target).close();

    assertThat(names())
        .containsExactly(".other.csv.%s-part".formatted(NOBODY), part(parent), ".table.csv.x-part");
  }
}
