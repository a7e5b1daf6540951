package io.kappa.local.data;

import io.kappa.common.event.serde.EventDecoder;
import io.kappa.local.data.BoundedLines.Line;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a CSV with a header. A row goes over several lines while a quote is open. Where that
 * makes no row, the quote was a mistake: its line alone is given up, not the lines after it.
 */
final class CsvRows {

  private final BoundedLines lines;
  private final CsvParsing parsing;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Deque<Line> putBack = new ArrayDeque<>();
  private long line;

  private CsvRows(BoundedLines lines, CsvParsing parsing) {
    this.lines = lines;
    this.parsing = parsing;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataException if there is none
   */
  static CsvRows open(InputFile file, CsvForm form) throws IOException {
    BoundedLines lines = new BoundedLines(file.content(), EventDecoder.MAX_BYTES);
    CsvRows rows = new CsvRows(lines, new CsvParsing(form));
    try {
      rows.readHeader();
    } catch (BadRow e) {
      throw new DataException(
          "%s: no header that names each column once: %s".formatted(file.path(), e.getMessage()),
          "Put such a line at the file's beginning",
          e);
    }
    return rows;
  }

  private void readHeader() throws IOException, BadRow {
    Line header = take();
    if (header == null) {
      throw new BadRow("the file is empty");
    }
    checkLength(header);
    for (String column : parsing.values(List.of(header))) {
      if (columns.put(column, columns.size()) != null) {
        throw new BadRow("two columns are called " + column);
      }
    }
  }

  /** Column to index, in the file's order. */
  Map<String, Integer> columns() {
    return columns;
  }

  /** The number of the line on which the newest row, good or bad, begins. */
  long line() {
    return line;
  }

  /**
   * The next row; {@code null} at the end.
   *
   * @throws BadRow if the next line makes none; the rows after it can be read
   */
  CsvRow next() throws IOException, BadRow {
    Line first = take();
    while (first != null && first.isBlank()) {
      first = take();
    }
    if (first == null) {
      return null;
    }
    line = first.number();
    checkLength(first);
    Deque<Line> together = withLinesWhileQuoteIsOpen(first);
    try {
      return row(together);
    } catch (BadRow e) {
      if (together.size() == 1) {
        throw e;
      }
    }
    while (together.size() > 1) {
      putBack.addFirst(together.removeLast());
    }
    return row(together);
  }

  private Deque<Line> withLinesWhileQuoteIsOpen(Line first) throws IOException {
    Deque<Line> together = new ArrayDeque<>(List.of(first));
    boolean open = hasOddQuotes(first);
    int size = first.bytes().length;
    while (open && size <= EventDecoder.MAX_BYTES) {
      Line following = take();
      if (following == null) {
        break;
      }
      together.addLast(following);
      if (following.isTooLong()) {
        break;
      }
      size += following.bytes().length;
      open ^= hasOddQuotes(following);
    }
    return together;
  }

  private CsvRow row(Deque<Line> together) throws BadRow {
    if (together.getLast().isTooLong()) {
      throw new BadRow("a quote that stays open");
    }
    List<String> values = parsing.values(together);
    if (values.size() != columns.size()) {
      throw new BadRow(
          "%d columns; allowed: %d, as in the header".formatted(values.size(), columns.size()));
    }
    return new CsvRow(line, columns, values);
  }

  private static void checkLength(Line line) throws BadRow {
    if (line.isTooLong()) {
      throw new BadRow("a line of more than %d bytes".formatted(EventDecoder.MAX_BYTES));
    }
  }

  private static boolean hasOddQuotes(Line line) {
    boolean odd = false;
    for (byte b : line.bytes()) {
      odd ^= b == '"';
    }
    return odd;
  }

  private Line take() throws IOException {
    return putBack.isEmpty() ? lines.next() : putBack.removeFirst();
  }
}
