package io.kappa.control.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text under aligned columns. */
final class TextTable {

  private final List<String> header;
  private final List<Boolean> toTheRight;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param toTheRight per column, whether it's aligned to the right, as numbers are
   */
  TextTable(List<String> header, List<Boolean> toTheRight) {
    this.header = List.copyOf(header);
    this.toTheRight = List.copyOf(toTheRight);
  }

  TextTable row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  int size() {
    return rows.size();
  }

  /** Prints the header, a rule and all rows. */
  void print(PrintWriter out) {
    List<Integer> widths = widths();
    printHeader(out, widths);
    printRows(out, widths);
  }

  List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(header.stream().map(TextTable::width).toList());
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), width(row.get(i))));
      }
    }
    return List.copyOf(widths);
  }

  void printHeader(PrintWriter out, List<Integer> widths) {
    out.println(line(header, widths));
    out.println(String.join("-+-", widths.stream().map("-"::repeat).toList()));
  }

  /** Prints the rows and forgets them. */
  void printRows(PrintWriter out, List<Integer> widths) {
    rows.forEach(row -> out.println(line(row, widths)));
    rows.clear();
  }

  private String line(List<String> cells, List<Integer> widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(Math.max(0, widths.get(i) - width(cells.get(i))));
      padded.add(toTheRight.get(i) ? pad + cells.get(i) : cells.get(i) + pad);
    }
    return String.join(" | ", padded).stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
