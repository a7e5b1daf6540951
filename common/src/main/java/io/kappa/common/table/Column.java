package io.kappa.common.table;

import java.io.Serializable;
import java.util.function.Function;

/**
 * One column of an output table: how it is called, typed and explained, and how a row gives its
 * value.
 *
 * @param <R> the row
 */
public record Column<R>(String name, SqlType type, Value<R, ?> value, String comment)
    implements Serializable {

  /** Takes a column's value from a row; {@code null} where the column is NULL. */
  @FunctionalInterface
  public interface Value<R, V> extends Function<R, V>, Serializable {}

  public Column {
    new Identifier(name);
  }

  public static <R> Column<R> text(String name, Value<R, String> value, String comment) {
    return new Column<>(name, SqlType.TEXT, value, comment);
  }

  public static <R> Column<R> bigint(String name, Value<R, Long> value, String comment) {
    return new Column<>(name, SqlType.BIGINT, value, comment);
  }

  public static <R> Column<R> integer(String name, Value<R, Integer> value, String comment) {
    return new Column<>(name, SqlType.INTEGER, value, comment);
  }

  public static <R> Column<R> bool(String name, Value<R, Boolean> value, String comment) {
    return new Column<>(name, SqlType.BOOLEAN, value, comment);
  }

  public static <R> Column<R> real(String name, Value<R, Double> value, String comment) {
    return new Column<>(name, SqlType.DOUBLE, value, comment);
  }

  /**
   * @param value milliseconds since the epoch
   */
  public static <R> Column<R> timestamp(String name, Value<R, Long> value, String comment) {
    return new Column<>(name, SqlType.TIMESTAMPTZ, value, comment);
  }

  /**
   * @param value days since the epoch
   */
  public static <R> Column<R> date(String name, Value<R, Long> value, String comment) {
    return new Column<>(name, SqlType.DATE, value, comment);
  }

  public static <R> Column<R> bytes(String name, Value<R, byte[]> value, String comment) {
    return new Column<>(name, SqlType.BYTEA, value, comment);
  }

  public static <R> Column<R> json(String name, Value<R, String> value, String comment) {
    return new Column<>(name, SqlType.JSONB, value, comment);
  }
}
