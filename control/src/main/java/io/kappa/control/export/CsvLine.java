package io.kappa.control.export;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A line of CSV (RFC 4180). NULL is an empty field, the empty text {@code ""}. */
public final class CsvLine {

  private CsvLine() {}

  /** The line with its end. */
  public static String of(List<Optional<String>> values) {
    return values.stream().map(CsvLine::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(Optional<String> value) {
    if (value.isEmpty()) {
      return "";
    }
    String text = value.get();
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
