package io.kappa.jobs.script;

import io.kappa.common.job.Change;
import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table as its changes leave it: the last row per key, in the form that the oracle has. */
public final class LastRows<R> {

  private final Table<R> table;
  private final Map<List<Object>, List<Object>> rows = new HashMap<>();

  private LastRows(Table<R> table) {
    this.table = table;
  }

  /** The rows that are left, by key. */
  public static <R> Map<List<Object>, List<Object>> of(
      Table<R> table, Iterable<Change<R>> changes) {
    LastRows<R> last = new LastRows<>(table);
    changes.forEach(last::apply);
    return last.rows;
  }

  private void apply(Change<R> change) {
    List<Object> key = values(table.key(), change.row());
    if (change.deleted()) {
      rows.remove(key);
    } else {
      rows.put(key, values(table.columns(), change.row()));
    }
  }

  private static <R> List<Object> values(List<Column<R>> columns, R row) {
    List<Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(column.value().apply(row)));
    return values;
  }
}
