package io.kappa.control.export;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table as CSV in UTF-8 with a header. Times are ISO 8601 in UTC, truth is {@code true} or {@code
 * false}, bytes are {@code \x} and hexadecimal digits as PostgreSQL takes them in.
 */
final class CsvFile implements TableFile {

  private final List<SqlType> types;
  private final Writer out;

  CsvFile(TableShape table, OutputStream out) throws IOException {
    this.types = table.columns().stream().map(ColumnShape::type).toList();
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.out.write(
        CsvLine.of(table.columns().stream().map(column -> Optional.of(column.name())).toList()));
  }

  @Override
  public void row(List<Optional<String>> values) throws IOException {
    List<Optional<String>> shown = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      SqlType type = types.get(i);
      shown.add(values.get(i).map(value -> shown(type, value)));
    }
    out.write(CsvLine.of(shown));
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String shown(SqlType type, String value) {
    return switch (type) {
      case TEXT, BIGINT, INTEGER, DOUBLE, JSONB -> value;
      case BOOLEAN -> value.equals("t") ? "true" : "false";
      case TIMESTAMPTZ -> Instant.EPOCH.plus(Long.parseLong(value), ChronoUnit.MICROS).toString();
      case DATE -> LocalDate.ofEpochDay(Long.parseLong(value)).toString();
      case BYTEA -> "\\x" + value;
    };
  }
}
