package io.kappa.common.table;

import io.kappa.common.table.TableShape.ColumnShape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL text that a declared table stands for. */
public final class TableSql {

  private final String schema;
  private final TableShape table;

  public TableSql(Identifier schema, TableShape table) {
    this.schema = schema.quoted();
    this.table = table;
  }

  /** The statements that make the table, with its primary key and its comments. */
  public List<String> create() {
    String columns =
        list(table.columns(), c -> quoted(c) + " " + c.type().sql() + (c.key() ? " NOT NULL" : ""));
    String key = list(table.key(), TableSql::quoted);
    return Stream.concat(
            Stream.of(
                "CREATE TABLE %s (%s, PRIMARY KEY (%s))".formatted(qualified(), columns, key)),
            comments().stream())
        .toList();
  }

  /** The statements that say what the table and its columns are. */
  public List<String> comments() {
    Stream<String> ofColumns =
        table.columns().stream()
            .map(
                c ->
                    "COMMENT ON COLUMN %s.%s IS %s"
                        .formatted(qualified(), quoted(c), literal(c.comment())));
    return Stream.concat(
            Stream.of("COMMENT ON TABLE %s IS %s".formatted(qualified(), literal(table.comment()))),
            ofColumns)
        .toList();
  }

  /** The table's name with its schema, quoted. */
  public String qualified() {
    return schema + "." + new Identifier(table.name()).quoted();
  }

  private static String quoted(ColumnShape column) {
    return new Identifier(column.name()).quoted();
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static <T> String list(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(", "));
  }
}
