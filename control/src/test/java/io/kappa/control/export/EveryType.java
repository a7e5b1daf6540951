package io.kappa.control.export;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A table with a column of every type, and how its rows are read from any database. */
public final class EveryType {

  public static final TableShape TABLE =
      new TableShape(
          "everything",
          "of everything something",
          List.of(
              column("id", SqlType.TEXT, true),
              column("part", SqlType.INTEGER, true),
              column("words", SqlType.TEXT, false),
              column("n", SqlType.BIGINT, false),
              column("small", SqlType.INTEGER, false),
              column("yes", SqlType.BOOLEAN, false),
              column("ratio", SqlType.DOUBLE, false),
              column("seen_at", SqlType.TIMESTAMPTZ, false),
              column("day", SqlType.DATE, false),
              column("raw", SqlType.BYTEA, false),
              column("about", SqlType.JSONB, false)));

  /** Rows as a reader hands them over, in the order of the key. */
  static final List<List<Optional<String>>> ROWS =
      List.of(
          row("", "0", "", "0", "0", "f", "0", "0", "0", "", "{}"),
          row("a", "1", null, null, null, null, null, null, null, null, null),
          row(
              "a",
              "2",
              "comma, \"quote\"\r\nline\ttab",
              "9223372036854775807",
              "2147483647",
              "t",
              "1.7976931348623157e+308",
              "1782864000123456",
              "20635",
              "00ff0a22",
              "{\"a\": [1, null, \"ü\"]}"),
          row(
              "b",
              "-1",
              "żółw 日本語 🐢 e\u0301",
              "-9223372036854775808",
              "-2147483648",
              "f",
              "-0.1",
              "-1",
              "-1",
              "f09f90a2",
              "null"),
          row("c", "0", "NULL", "-1", "1", "t", "NaN", "1", "1", "00", "\"x\""),
          row(
              "d",
              "0",
              " ",
              "1",
              "1",
              "t",
              "-Infinity",
              "-62135596800000000",
              "-719162",
              "20",
              "0"),
          row("🐢", "0", "'", "1", "1", "t", "5e-324", "1000000", "2932896", "2c", "[]"));

  private EveryType() {}

  private static ColumnShape column(String name, SqlType type, boolean key) {
    return new ColumnShape(name, type, key, "a " + type.sql());
  }

  private static List<Optional<String>> row(String... values) {
    return Arrays.stream(values).map(Optional::ofNullable).toList();
  }

  /** The values of the row that the answer is at; the database may be any. */
  public static List<Object> values(ResultSet row, TableShape table) throws SQLException {
    List<Object> values = new ArrayList<>();
    for (int i = 1; i <= table.columns().size(); i++) {
      values.add(value(row, i, table.columns().get(i - 1).type()));
    }
    return values;
  }

  private static Object value(ResultSet row, int i, SqlType type) throws SQLException {
    Object value =
        switch (type) {
          case TEXT, JSONB -> row.getString(i);
          case BIGINT -> row.getLong(i);
          case INTEGER -> row.getInt(i);
          case BOOLEAN -> row.getBoolean(i);
          case DOUBLE -> row.getDouble(i);
          case TIMESTAMPTZ -> row.getObject(i, OffsetDateTime.class);
          case DATE -> row.getObject(i, LocalDate.class);
          case BYTEA -> row.getBytes(i);
        };
    if (row.wasNull() || value == null) {
      return "NULL of " + type;
    }
    if (value instanceof OffsetDateTime moment) {
      return moment.toInstant();
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
  }
}
