package io.kappa.savepoints.golden;

import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A job whose last change of each row a test of the same JVM finds. */
final class TappedJob implements JobDefinition {

  // Operators come out of a serialised graph, so this is where they can tell.
  private static final Map<String, SortedMap<String, SortedMap<String, String>>> ROWS =
      new ConcurrentHashMap<>();

  private final JobDefinition job;
  private final String run;

  TappedJob(JobDefinition job, String run) {
    this.job = job;
    this.run = run;
  }

  /** Table -> key -> row, or {@code deleted}, of all rows that were changed. */
  SortedMap<String, SortedMap<String, String>> rows() {
    return ROWS.getOrDefault(run, new TreeMap<>());
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public String description() {
    return job.description();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return job.parameters();
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    return job.inputs(parameters);
  }

  @Override
  public List<Table<?>> tables() {
    return job.tables();
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    Outputs outputs = job.define(streams, parameters);
    Outputs tapped = new Outputs();
    tables().forEach(table -> tap(table, outputs, tapped));
    return tapped;
  }

  private <R> void tap(Table<R> table, Outputs outputs, Outputs tapped) {
    DataStream<Change<R>> changes = outputs.of(table);
    tapped.with(
        table,
        changes
            .map(new Tap<>(table, run))
            .returns(changes.getType())
            .setParallelism(changes.getParallelism())
            .uid("tap-" + table.name()));
  }

  private record Tap<R>(Table<R> table, String run) implements MapFunction<Change<R>, Change<R>> {

    @Override
    public Change<R> map(Change<R> change) {
      SortedMap<String, SortedMap<String, String>> rows =
          ROWS.computeIfAbsent(run, name -> new TreeMap<>());
      synchronized (rows) {
        rows.computeIfAbsent(table.name(), name -> new TreeMap<>())
            .put(
                text(table.key(), change.row()),
                change.deleted() ? "deleted" : text(table.columns(), change.row()));
      }
      return change;
    }

    private static <R> String text(List<Column<R>> columns, R row) {
      return columns.stream()
          .map(column -> text(column.value().apply(row)))
          .collect(Collectors.joining("|"));
    }

    private static String text(Object value) {
      return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
  }
}
