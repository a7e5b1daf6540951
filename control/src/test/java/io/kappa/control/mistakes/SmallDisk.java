package io.kappa.control.mistakes;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.kappa.local.junit.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** A small disk on which tables are made that the catalogue's owner makes from now on. */
final class SmallDisk implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final int SIZE_MB = 64;

  private final TestDatabase database;
  private final Path mounted;
  private final String name = "small" + System.nanoTime();

  private SmallDisk(TestDatabase database, Path mounted) {
    this.database = database;
    this.mounted = mounted;
  }

  /** Mounts one; the test is left out where that isn't allowed. */
  static SmallDisk forTablesOf(TestDatabase database) throws Exception {
    Path data;
    try (Connection connection = database.connect(SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      data = Path.of(row.getString(1));
    }
    Path mounted = Files.createDirectory(data.resolveSibling("small-disk"));
    SmallDisk disk = new SmallDisk(database, mounted);
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MB + "m", "tmpfs", mounted);
    if (code != 0) {
      Files.delete(mounted);
    }
    assumeThat(code).as("this user may mount a small disk").isZero();
    Path tables = Files.createDirectory(mounted.resolve("tables"));
    Files.setOwner(mounted, Files.getOwner(data));
    Files.setOwner(tables, Files.getOwner(data));
    disk.sql("CREATE TABLESPACE %s OWNER kappa_owner LOCATION '%s'".formatted(disk.name, tables));
    disk.sql("ALTER ROLE kappa_owner SET default_tablespace = " + disk.name);
    return disk;
  }

  /** Fills it. */
  void fill() {
    byte[] block = new byte[8192];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (Files.getFileStore(mounted).getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException full) {
      // That is what it was to be.
      return;
    }
  }

  /** There is room again. */
  void makeRoom() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return mounted.resolve("filler");
  }

  /** Its tables go first; the mount goes in any case. */
  @Override
  public void close() throws Exception {
    makeRoom();
    try {
      sql("ALTER ROLE kappa_owner RESET default_tablespace");
      sql("DROP TABLESPACE IF EXISTS " + name);
    } finally {
      run("umount", "-l", mounted);
      Files.deleteIfExists(mounted);
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = database.connect(SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static int run(Object... command) throws IOException, InterruptedException {
    List<String> words = Arrays.stream(command).map(Object::toString).toList();
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
