package io.kappa.local.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a field of an event comes from, within a row of a CSV. */
sealed interface FieldSource {

  /** The columns that must be there. */
  List<String> columns();

  /** What the field says; empty where the row doesn't say it. */
  Optional<String> read(CsvRow row) throws BadRow;

  /** A column as it is, or without an ending that some of its values have. */
  record Column(String column, String withoutSuffix) implements FieldSource {

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Optional<String> read(CsvRow row) {
      String text = row.value(column);
      boolean ends = !withoutSuffix.isEmpty() && text.endsWith(withoutSuffix);
      return present(ends ? text.substring(0, text.length() - withoutSuffix.length()) : text);
    }
  }

  /** The same for every row. */
  record Constant(String text) implements FieldSource {

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public Optional<String> read(CsvRow row) {
      return present(text);
    }
  }

  /** Text with columns in braces; {@code {#line}} is the number of the line within the file. */
  record Template(String text) implements FieldSource {

    static final String LINE = "#line";

    private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>();
      Matcher braces = BRACES.matcher(text);
      while (braces.find()) {
        if (!braces.group(1).equals(LINE)) {
          columns.add(braces.group(1));
        }
      }
      return columns;
    }

    @Override
    public Optional<String> read(CsvRow row) {
      return present(
          BRACES
              .matcher(text)
              .replaceAll(braces -> Matcher.quoteReplacement(value(row, braces.group(1)))));
    }

    private static String value(CsvRow row, String name) {
      return name.equals(LINE) ? Long.toString(row.line()) : row.value(name);
    }
  }

  /** One of two texts: whether the number in a column is negative. */
  record Sign(String column, String negative, String otherwise) implements FieldSource {

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Optional<String> read(CsvRow row) throws BadRow {
      return present(number(row, column).signum() < 0 ? negative : otherwise);
    }
  }

  /** Columns multiplied with each other and with a constant, rounded half up to a whole number. */
  record Product(List<String> columns, BigDecimal constant) implements FieldSource {

    @Override
    public Optional<String> read(CsvRow row) throws BadRow {
      BigDecimal product = constant;
      for (String column : columns) {
        if (row.value(column).isBlank()) {
          return Optional.empty();
        }
        product = product.multiply(number(row, column));
      }
      return Optional.of(product.setScale(0, RoundingMode.HALF_UP).toPlainString());
    }
  }

  /** A time as text; where it names no zone of its own, it is in this one. */
  record Time(String column, String format, DateTimeFormatter formatter, ZoneId zone)
      implements FieldSource {

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public Optional<String> read(CsvRow row) throws BadRow {
      String text = row.value(column);
      if (text.isBlank()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Long.toString(instant(text).toEpochMilli()));
      } catch (DateTimeException | ArithmeticException e) {
        throw new BadRow("column " + column, text, "a time as " + format);
      }
    }

    private Instant instant(String text) {
      TemporalAccessor time =
          formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof LocalDateTime local) {
        return local.atZone(zone).toInstant();
      }
      return time instanceof LocalDate day
          ? day.atStartOfDay(zone).toInstant()
          : Instant.from(time);
    }
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Plain digits only: an exponent could ask for a number of any length. */
  private static BigDecimal number(CsvRow row, String column) throws BadRow {
    String text = row.value(column);
    if (!PlainNumber.is(text)) {
      throw new BadRow("column " + column, text, "a number such as 12 or -3.50");
    }
    return new BigDecimal(text);
  }
}
