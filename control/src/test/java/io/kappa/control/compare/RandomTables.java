package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tables of any shape with any rows, and the same rows after some edits. */
final class RandomTables {

  private static final List<SqlType> KEYS =
      List.of(
          SqlType.TEXT,
          SqlType.TIMESTAMPTZ,
          SqlType.BIGINT,
          SqlType.DATE,
          SqlType.INTEGER,
          SqlType.BOOLEAN,
          SqlType.BYTEA);
  private static final List<String> TEXTS =
      List.of("", "a", "B", "it's \"so\"", "ü", "東京", "\\", "a\nb", "𝄞", "NULL", "%s", "{x}", "?");
  private static final List<String> DOUBLES =
      List.of("0", "-0", "1.5", "0.1", "-3", "NaN", "Infinity", "-Infinity", "1e+308", "-1e+308");
  private static final List<String> JSONS =
      List.of("null", "1", "1.0", "{\"a\": 1}", "{\"a\": [1, \"ü\"]}", "\"x\"");
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 7L, 1_000L, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Random random;
  private final int days;

  RandomTables(Random random) {
    this.random = random;
    this.days = random.nextBoolean() ? 2 : 400;
  }

  /** A table with one to three columns in its key, and each type among its values. */
  TableShape shape() {
    List<ColumnShape> columns = new ArrayList<>();
    int keys = 1 + random.nextInt(3);
    for (int i = 0; i < keys; i++) {
      columns.add(BesideStore.key("k" + i, KEYS.get(random.nextInt(KEYS.size()))));
    }
    for (SqlType type : SqlType.values()) {
      columns.add(BesideStore.value("v_" + type.name().toLowerCase(java.util.Locale.ROOT), type));
    }
    return new TableShape("things", "", columns);
  }

  /** Rows with keys of their own. */
  List<List<String>> rows(TableShape table, int wanted) {
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    for (int i = 0; i < wanted; i++) {
      List<String> row = row(table);
      rows.putIfAbsent(row.subList(0, table.key().size()), row);
    }
    return new ArrayList<>(rows.values());
  }

  /** Some rows gone, some changed in a column or more, some new; in another order. */
  List<List<String>> edited(TableShape table, List<List<String>> rows) {
    int keys = table.key().size();
    double rate = random.nextDouble() / 2;
    Map<List<String>, List<String>> edited = new LinkedHashMap<>();
    for (List<String> row : rows) {
      List<String> copy = new ArrayList<>(row);
      if (random.nextDouble() < rate) {
        int column = keys + random.nextInt(table.values().size());
        copy.set(column, value(table.columns().get(column)));
      }
      if (random.nextDouble() > rate / 2) {
        edited.put(copy.subList(0, keys), copy);
      }
    }
    for (List<String> row : rows(table, (int) (rows.size() * rate / 2))) {
      edited.putIfAbsent(row.subList(0, keys), row);
    }
    List<List<String>> shuffled = new ArrayList<>(edited.values());
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private List<String> row(TableShape table) {
    List<String> row = new ArrayList<>();
    table.columns().forEach(column -> row.add(value(column)));
    return row;
  }

  private String value(ColumnShape column) {
    if (!column.key() && random.nextInt(8) == 0) {
      return null;
    }
    return switch (column.type()) {
      case TEXT -> one(TEXTS) + (random.nextBoolean() ? "" : one(TEXTS));
      case BIGINT -> Long.toString(one(LONGS));
      case INTEGER -> Integer.toString(random.nextInt(200) - 100);
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case DOUBLE -> one(DOUBLES);
      case TIMESTAMPTZ ->
          OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                  .plusMinutes(random.nextInt(days * 1_440 + 1))
                  .format(TIME)
              + "+00";
      case DATE -> LocalDate.of(2026, 1, 1).plusDays(random.nextInt(days)).toString();
      case BYTEA -> "\\x%02x%02x".formatted(random.nextInt(3), random.nextInt(256));
      case JSONB -> one(JSONS);
    };
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
