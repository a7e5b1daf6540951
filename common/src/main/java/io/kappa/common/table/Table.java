package io.kappa.common.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A declared output table of a job: its name, its columns with the primary key first, and the row
 * that fills it.
 *
 * @param <R> the row, a Java record
 */
public final class Table<R> implements Serializable {

  private final String name;
  private final Class<R> rowType;
  private final String comment;
  private final List<Column<R>> key;
  private final List<Column<R>> values;

  private Table(Builder<R> builder) {
    this.name = builder.name;
    this.rowType = builder.rowType;
    this.comment = builder.comment;
    this.key = List.copyOf(builder.key);
    this.values = List.copyOf(builder.values);
  }

  /** Starts the declaration of a table. */
  public static <R> Builder<R> named(String name, Class<R> rowType, String comment) {
    return new Builder<>(name, rowType, comment);
  }

  public String name() {
    return name;
  }

  public Class<R> rowType() {
    return rowType;
  }

  public String comment() {
    return comment;
  }

  /** The columns of the primary key, in its order. */
  public List<Column<R>> key() {
    return key;
  }

  /** All columns, the key first. */
  public List<Column<R>> columns() {
    List<Column<R>> all = new ArrayList<>(key);
    all.addAll(values);
    return List.copyOf(all);
  }

  /** The columns outside the key. */
  public List<Column<R>> values() {
    return values;
  }

  /** The table as data alone. */
  public TableShape shape() {
    List<TableShape.ColumnShape> shapes = new ArrayList<>();
    key.forEach(column -> shapes.add(shape(column, true)));
    values.forEach(column -> shapes.add(shape(column, false)));
    return new TableShape(name, comment, shapes);
  }

  private static TableShape.ColumnShape shape(Column<?> column, boolean inKey) {
    return new TableShape.ColumnShape(column.name(), column.type(), inKey, column.comment());
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects a table's columns; the key's come first. */
  public static final class Builder<R> {

    private final String name;
    private final Class<R> rowType;
    private final String comment;
    private final List<Column<R>> key = new ArrayList<>();
    private final List<Column<R>> values = new ArrayList<>();

    private Builder(String name, Class<R> rowType, String comment) {
      this.name = new Identifier(name).value();
      this.rowType = rowType;
      this.comment = comment;
    }

    public Builder<R> key(Column<R> column) {
      key.add(column);
      return this;
    }

    public Builder<R> column(Column<R> column) {
      values.add(column);
      return this;
    }

    /**
     * @throws IllegalArgumentException if the table has no key, no other column, or a name twice
     */
    public Table<R> build() {
      if (key.isEmpty() || values.isEmpty()) {
        throw new IllegalArgumentException(
            "Table %s needs a key and at least one more column".formatted(name));
      }
      Table<R> table = new Table<>(this);
      Set<String> names = new LinkedHashSet<>();
      for (Column<R> column : table.columns()) {
        if (!names.add(column.name())) {
          throw new IllegalArgumentException(
              "Table %s has two columns called %s".formatted(name, column.name()));
        }
      }
      return table;
    }
  }
}
