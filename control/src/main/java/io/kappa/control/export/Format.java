package io.kappa.control.export;

import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a table is written into a file. */
public enum Format {
  PARQUET,
  CSV;

  /** What the names of such files end with. */
  public String ending() {
    return "." + label();
  }

  /** The format that a file's name ends with, if it does. */
  public static Optional<Format> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> name.endsWith(format.ending())).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableFile open(TableShape table, OutputStream out) throws IOException {
    return switch (this) {
      case PARQUET -> new ParquetFile(table, out);
      case CSV -> new CsvFile(table, out);
    };
  }
}
