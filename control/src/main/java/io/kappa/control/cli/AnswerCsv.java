package io.kappa.control.cli;

import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.export.CsvLine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** An answer as CSV (RFC 4180) with a header. NULL is an empty field, the empty text {@code ""}. */
final class AnswerCsv implements PrintedAnswer {

  private final PrintWriter out;

  AnswerCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    print(columns.stream().map(column -> Optional.of(column.name())).toList());
  }

  @Override
  public void row(List<Optional<String>> values) {
    print(values);
  }

  @Override
  public void end() {
    out.flush();
  }

  private void print(List<Optional<String>> values) {
    out.print(CsvLine.of(values));
  }
}
