package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL of what readers query: per table one view over all attached versions, of which only the
 * pointer's branch gives rows. PostgreSQL never executes the others.
 */
final class ContractViews {

  /** A version whose tables the views may show. */
  record Attached(int version, Identifier schema, List<TableShape> tables) {}

  private final Identifier job;
  private final List<Attached> attached;

  /**
   * @param attached oldest first; later ones may add tables and columns
   */
  ContractViews(Identifier job, List<Attached> attached) {
    this.job = job;
    this.attached = List.copyOf(attached);
  }

  /**
   * The statements that make or replace all views, with their comments.
   *
   * @throws IllegalArgumentException if a column has another type in another version
   */
  List<String> statements() {
    return tables().values().stream().flatMap(table -> view(table).stream()).toList();
  }

  /** Each table with the columns of all versions, in the order in which they came to be. */
  private Map<String, TableShape> tables() {
    Map<String, TableShape> union = new LinkedHashMap<>();
    for (Attached version : attached) {
      for (TableShape table : version.tables()) {
        union.merge(table.name(), table, this::widened);
      }
    }
    return union;
  }

  private TableShape widened(TableShape older, TableShape newer) {
    Map<String, ColumnShape> columns = new LinkedHashMap<>();
    older.columns().forEach(column -> columns.put(column.name(), column));
    for (ColumnShape column : newer.columns()) {
      ColumnShape before = columns.put(column.name(), column);
      if (before != null && before.type() != column.type()) {
        throw new IllegalArgumentException(
            "%s.%s.%s is %s in one version and %s in another; give the table a new name"
                .formatted(
                    job.schema(),
                    older.name(),
                    column.name(),
                    before.type().sql(),
                    column.type().sql()));
      }
    }
    return new TableShape(older.name(), newer.comment(), List.copyOf(columns.values()));
  }

  private List<String> view(TableShape table) {
    String name = new TableSql(job.schema(), table).qualified();
    List<String> statements = new ArrayList<>();
    statements.add("CREATE OR REPLACE VIEW %s AS %s".formatted(name, branches(table)));
    statements.add("COMMENT ON VIEW %s IS %s".formatted(name, literal(table.comment())));
    for (ColumnShape column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(name, quoted(column.name()), literal(column.comment())));
    }
    return statements;
  }

  private String branches(TableShape table) {
    return attached.stream()
        .flatMap(
            version ->
                version.tables().stream()
                    .filter(own -> own.name().equals(table.name()))
                    .map(own -> branch(table, version, own)))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String branch(TableShape contract, Attached version, TableShape own) {
    Map<String, ColumnShape> there =
        own.columns().stream().collect(Collectors.toMap(ColumnShape::name, Function.identity()));
    String columns =
        contract.columns().stream()
            .map(column -> there.containsKey(column.name()) ? quoted(column.name()) : none(column))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s WHERE (SELECT live FROM kappa.pointer WHERE job = %s) = %d"
        .formatted(
            columns,
            new TableSql(version.schema(), own).qualified(),
            literal(job.value()),
            version.version());
  }

  private static String none(ColumnShape column) {
    return "NULL::%s AS %s".formatted(column.type().sql(), quoted(column.name()));
  }

  private static String quoted(String name) {
    return new Identifier(name).quoted();
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
