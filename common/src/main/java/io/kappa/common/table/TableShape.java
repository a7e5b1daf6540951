package io.kappa.common.table;

import java.io.Serializable;
import java.util.List;

/**
 * A declared table as data alone, without the row that fills it: what its SQL is made from, and
 * what a job jar tells about itself.
 *
 * @param columns the primary key's first
 */
public record TableShape(String name, String comment, List<ColumnShape> columns)
    implements Serializable {

  /** A column as data alone. */
  public record ColumnShape(String name, SqlType type, boolean key, String comment)
      implements Serializable {
    public ColumnShape {
      new Identifier(name);
    }
  }

  public TableShape {
    new Identifier(name);
    columns = List.copyOf(columns);
  }

  /** The columns of the primary key, in its order. */
  public List<ColumnShape> key() {
    return columns.stream().filter(ColumnShape::key).toList();
  }

  /** The columns outside the key. */
  public List<ColumnShape> values() {
    return columns.stream().filter(column -> !column.key()).toList();
  }
}
