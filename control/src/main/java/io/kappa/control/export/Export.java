package io.kappa.control.export;

import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.LiveTables;
import io.kappa.control.catalogue.LiveVersion;
import io.kappa.control.catalogue.TableRows;
import io.kappa.control.jar.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Writes a table of a job's live version into a file, as it is at one moment, with a manifest
 * beside it. Both get their names when both are on the disk, whole.
 */
public final class Export {

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {

    /** Called now and then, and before the first row. */
    void at(long rows, long total);
  }

  private static final int ROWS_BETWEEN_REPORTS = 5_000;

  private final LiveTables tables;
  private final String tool;
  private final Progress progress;

  /**
   * @param tool which release this is
   */
  public Export(LiveTables tables, String tool, Progress progress) {
    this.tables = tables;
    this.tool = tool;
    this.progress = progress;
  }

  /**
   * Writes it.
   *
   * @param table may be left out where the job has one table besides the quarantine
   * @return what the manifest says
   * @throws Refusal if there is no such job or table, no version is live, the store can't be
   *     reached, or the file can't be written; nothing is left then
   */
  public Manifest write(
      Identifier job, Optional<String> table, Format format, Destination destination) {
    destination.check();
    return tables.read(
        job,
        live -> {
          try {
            return write(live, wanted(live, table), format, destination);
          } catch (IOException e) {
            throw unwritable(destination, e);
          } catch (UncheckedIOException e) {
            throw unwritable(destination, e.getCause());
          }
        });
  }

  private static TableShape wanted(LiveVersion live, Optional<String> named) {
    List<TableShape> all = live.tables();
    List<String> names = all.stream().map(TableShape::name).toList();
    List<String> own =
        names.stream().filter(name -> !name.equals(QuarantinedRecord.TABLE.name())).toList();
    if (named.isEmpty() && own.size() != 1) {
      throw new Refusal(
          "%s has %d tables: %s"
              .formatted(live.version().name(), own.size(), String.join(", ", own)),
          "name one with --table");
    }
    String name = named.orElseGet(() -> own.get(0));
    return all.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Nearest.refusal("table of " + live.version().name().job(), name, names));
  }

  private Manifest write(LiveVersion live, TableShape table, Format format, Destination destination)
      throws IOException {
    try (PendingFile data = PendingFile.of(destination.file());
        PendingFile beside = PendingFile.of(destination.manifest())) {
      long rows = write(live.rows(table), format.open(table, data.out()));
      data.complete();
      Manifest manifest =
          new Manifest(tool, live.version(), live.frontier(), table, rows, format, data.digest());
      beside.out().write(manifest.json().getBytes(StandardCharsets.UTF_8));
      beside.complete();
      destination.check();
      // A manifest beside a file is always that file's own, also if this is killed right here.
      Files.deleteIfExists(destination.manifest());
      data.publish();
      beside.publish();
      return manifest;
    }
  }

  private long write(TableRows rows, TableFile opened) throws IOException {
    Written written = new Written(rows.count());
    try (TableFile file = opened) {
      rows.forEach(
          values -> {
            try {
              file.row(values);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            written.row();
          });
      file.finish();
    }
    return written.end();
  }

  private static Refusal unwritable(Destination destination, IOException e) {
    return new Refusal(
        "%s can't be written: %s".formatted(destination.file(), why(e)),
        "nothing has that name now; mend that, or name a file elsewhere, and give the command again",
        e);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "this user may not write there";
    }
    return e instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : String.valueOf(e.getMessage());
  }

  /** How far it is. */
  private final class Written {

    private final long total;
    private long rows;

    private Written(long total) {
      this.total = total;
      progress.at(0, total);
    }

    private void row() {
      rows++;
      if (rows % ROWS_BETWEEN_REPORTS == 0) {
        progress.at(rows, total);
      }
    }

    private long end() {
      if (rows != total) {
        throw new IllegalStateException(
            "%d rows came out of a snapshot of %d".formatted(rows, total));
      }
      progress.at(rows, total);
      return rows;
    }
  }
}
