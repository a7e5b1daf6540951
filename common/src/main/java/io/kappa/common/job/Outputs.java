package io.kappa.common.job;

import io.kappa.common.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What a job gives back: for each of its tables, the stream of its changes. */
public final class Outputs {

  private final Map<Table<?>, DataStream<?>> changes = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if the table already has its changes
   */
  public <R> Outputs with(Table<R> table, DataStream<Change<R>> stream) {
    if (changes.putIfAbsent(table, stream) != null) {
      throw new IllegalArgumentException("Table %s has two streams of changes".formatted(table));
    }
    return this;
  }

  /**
   * The changes of a table.
   *
   * @throws IllegalArgumentException if the job gave none for it
   */
  @SuppressWarnings("unchecked")
  public <R> DataStream<Change<R>> of(Table<R> table) {
    DataStream<?> stream = changes.get(table);
    if (stream == null) {
      throw new IllegalArgumentException(
          "Table %s is declared, but the job gives no changes for it".formatted(table));
    }
    return (DataStream<Change<R>>) stream;
  }
}
