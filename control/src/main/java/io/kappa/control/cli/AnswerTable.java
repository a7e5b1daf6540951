package io.kappa.control.cli;

import io.kappa.control.catalogue.ReaderQuery.Column;
import io.kappa.control.catalogue.ReaderQuery.Kind;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** An answer as a table for people. The first rows say how wide the columns are. */
final class AnswerTable implements PrintedAnswer {

  private static final int ROWS_THAT_SAY_WIDTHS = 1_000;

  private final PrintWriter out;
  private TextTable table;
  private List<Integer> widths = List.of();
  private long rows;

  AnswerTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    table =
        new TextTable(
            columns.stream().map(Column::name).toList(),
            columns.stream().map(column -> column.kind() == Kind.NUMBER).toList());
  }

  @Override
  public void row(List<Optional<String>> values) {
    table.row(values.stream().map(AnswerTable::shown).toList());
    rows++;
    if (table.size() == ROWS_THAT_SAY_WIDTHS) {
      flush();
    }
  }

  @Override
  public void end() {
    if (table == null) {
      out.println("(done)");
      return;
    }
    flush();
    out.println(rows == 1 ? "(1 row)" : "(%,d rows)".formatted(rows));
  }

  private void flush() {
    if (widths.isEmpty()) {
      widths = table.widths();
      table.printHeader(out, widths);
    }
    table.printRows(out, widths);
  }

  private static String shown(Optional<String> value) {
    return value
        .map(text -> text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
        .orElse("NULL");
  }
}
