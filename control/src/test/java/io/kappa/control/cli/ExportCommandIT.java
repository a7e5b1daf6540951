package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kappa.common.table.Identifier;
import io.kappa.control.TestStore;
import io.kappa.control.cutover.Versioned;
import io.kappa.control.export.DuckDb;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code kappa export} on the stack's own store. */
class ExportCommandIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final int MANY = 400_000;
  private static final int MOST_TRIES = 5;
  private static final long UNMISTAKABLY_IN_THE_MIDDLE = 100_000;

  @TempDir private Path directory;

  private static TestStore store() {
    return TestStore.in(
        new TestDatabase("kappa", STACK.endpoints().jdbcUrl(), STACK.endpoints().secrets()));
  }

  private static String kappa(int code, String... words) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(out), false);
    Installation installation =
        new Installation(STACK.stack().config().home(), STACK.stack().config().data());
    int came = Kappa.commandLine(installation, terminal).execute(words);
    assertThat(came).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  @Test
  void aTableIsTakenOutAndTheManifestPrinted() throws Exception {
    Versioned versions = Versioned.in(store(), new Identifier("taken-out"));
    versions.row(1, "a", 1);
    versions.row(1, "b", 2);
    versions.at(1, 10, 20);
    Path file = directory.resolve("items.parquet");

    assertThat(kappa(0, "export", "taken-out", file.toString()))
        .contains(
            """
            2 rows of table items, taken-out v1, are in %s
            %s.manifest.json says what they were made from
            """
                .formatted(file, file));

    assertThat(DuckDb.rows(file, TestStore.ITEMS))
        .containsExactly(
            List.of("a", 1L, "NULL of TIMESTAMPTZ"), List.of("b", 2L, "NULL of TIMESTAMPTZ"));
    assertThat(kappa(1, "export", "taken-out", file.toString()))
        .isEqualTo(
            """
            kappa: %s is there already
              -> name another file; --force replaces it
            """
                .formatted(file));
    versions.row(1, "c", 3);
    String said = kappa(0, "export", "taken-out", file.toString(), "--force", "--json");
    assertThat(said)
        .endsWith(Files.readString(directory.resolve("items.parquet.manifest.json")))
        .contains("\"rows\" : 3,", "\"tool\" : \"kappa 0.1.0\"");
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatIs() throws Exception {
    Versioned.in(store(), new Identifier("not-there"));
    String file = directory.resolve("x.csv").toString();

    assertThat(kappa(1, "export", "not-ther", file))
        .startsWith("kappa: There is no started job called not-ther\n")
        .contains("  -> did you mean not-there? there is ");
    assertThat(kappa(1, "export", "not-there", file, "--table", "itms"))
        .isEqualTo(
            """
            kappa: There is no table of not-there called itms
              -> did you mean items? there is items
            """);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void killedInTheMiddleItLeavesNoFileUnderItsNameAndTheNextOneCleansUp() throws Exception {
    Path file = directory.resolve("items.csv");
    Process process = endedInTheMiddle("killed", file, Process::destroyForcibly);

    assertThat(names())
        .containsExactly(
            part(file, process), part(directory.resolve("items.csv.manifest.json"), process));
    kappa(0, "export", "killed", file.toString());
    assertThat(names()).containsExactly("items.csv", "items.csv.manifest.json");
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.count() - 1).isEqualTo(rowsOf("killed"));
    }
  }

  @Test
  void endedByCtrlCItLeavesNothing() throws Exception {
    endedInTheMiddle("interrupted", directory.resolve("items.csv"), ExportCommandIT::interrupt);

    assertThat(names()).isEmpty();
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private interface Ending {
    void of(Process process) throws Exception;
  }

  /**
   * A command of its own that was ended while it wrote rows. One that was faster than this test has
   * a table twice as long to write the next time.
   */
  private Process endedInTheMiddle(String job, Path file, Ending ending) throws Exception {
    Versioned.in(store(), new Identifier(job));
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long there = rowsOf(job);
      store()
          .run(
              "kappa_job",
              "INSERT INTO %s_v1.items SELECT md5(g::text), g FROM generate_series(%d, %d) g"
                  .formatted(job, there + 1, Math.max(MANY, 2 * there)));
      Process process = process("export", job, file.toString());
      Path part = file.resolveSibling(part(file, process));
      while (process.isAlive() && sizeOf(part) < UNMISTAKABLY_IN_THE_MIDDLE) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
      ending.of(process);
      process.waitFor();
      if (!Files.exists(file)) {
        return process;
      }
      for (String name : names()) {
        Files.delete(directory.resolve(name));
      }
    }
    return fail("It was never caught in the middle");
  }

  private static long rowsOf(String job) throws Exception {
    return Long.parseLong(
        store().rows("kappa_job", "SELECT count(*) FROM %s_v1.items".formatted(job)).get(0));
  }

  private static String part(Path file, Process process) {
    return ".%s.%d-part".formatted(file.getFileName(), process.pid());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Process process(String... words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx256m",
            "-Dkappa.home=" + STACK.stack().config().home(),
            "-Dkappa.data=" + STACK.stack().config().data(),
            "-cp",
            System.getProperty("java.class.path"),
            Kappa.class.getName());
    builder.command().addAll(List.of(words));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolveSibling("killed.out").toFile())
        .start();
  }

  private static long sizeOf(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }
}
