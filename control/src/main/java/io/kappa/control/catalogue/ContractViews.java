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
import java.util.stream.Stream;

/**
 * The SQL of what readers query: per table one view over all attached versions, of which only the
 * pointer's branch gives rows. PostgreSQL never executes the others.
 */
final class ContractViews {

  /** A version whose tables the views may show. */
  record Attached(int version, Identifier schema, List<TableShape> tables) {}

  private final Identifier job;
  private final List<Attached> attached;
  private final Map<String, TableShape> tables = new LinkedHashMap<>();

  /**
   * @param attached oldest first; later ones may add tables and columns
   * @param shown the views as they are: their columns stay in front, in their order, also those
   *     that no attached version has
   * @throws IllegalArgumentException if a column has another type elsewhere
   */
  ContractViews(Identifier job, List<Attached> attached, List<TableShape> shown) {
    this.job = job;
    this.attached = List.copyOf(attached);
    shown.forEach(table -> tables.merge(table.name(), table, this::widened));
    attached.forEach(
        version ->
            version.tables().forEach(table -> tables.merge(table.name(), table, this::widened)));
  }

  /** The statements that make or replace all views. */
  List<String> views() {
    return tables.values().stream()
        .map(
            table -> "CREATE OR REPLACE VIEW %s AS %s".formatted(qualified(table), branches(table)))
        .toList();
  }

  /** The statements that say what the views and their columns hold. */
  List<String> comments() {
    return tables.values().stream().flatMap(this::comments).toList();
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

  private Stream<String> comments(TableShape table) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "COMMENT ON VIEW %s IS %s".formatted(qualified(table), literal(table.comment())));
    for (ColumnShape column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(qualified(table), quoted(column.name()), literal(column.comment())));
    }
    return statements.stream();
  }

  private String branches(TableShape table) {
    Stream<String> branches =
        attached.stream()
            .flatMap(
                version ->
                    version.tables().stream()
                        .filter(own -> own.name().equals(table.name()))
                        .map(own -> branch(table, version, own)));
    return Stream.concat(branches, Stream.of(loudBranch(table)))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String branch(TableShape contract, Attached version, TableShape own) {
    Map<String, ColumnShape> there =
        own.columns().stream().collect(Collectors.toMap(ColumnShape::name, Function.identity()));
    String columns =
        contract.columns().stream()
            .map(column -> there.containsKey(column.name()) ? quoted(column.name()) : none(column))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s WHERE %s = %d"
        .formatted(
            columns, new TableSql(version.schema(), own).qualified(), live(), version.version());
  }

  /**
   * Gives no row, but an error where the reader's snapshot is from before the pointer's version was
   * detached. OFFSET 0 keeps the reader's own conditions out: with them, PostgreSQL could prove
   * that a row of nulls isn't wanted, and never ask.
   */
  private String loudBranch(TableShape contract) {
    String columns =
        contract.columns().stream().map(ContractViews::none).collect(Collectors.joining(", "));
    String versions =
        attached.stream()
            .map(version -> Integer.toString(version.version()))
            .collect(Collectors.joining(", "));
    return "(SELECT %s WHERE CASE WHEN coalesce(%s IN (%s), true) THEN false ELSE kappa.refuse_detached(%s) END OFFSET 0)"
        .formatted(columns, live(), versions, literal(job.value()));
  }

  private String live() {
    return "(SELECT live FROM kappa.pointer WHERE job = %s)".formatted(literal(job.value()));
  }

  private String qualified(TableShape table) {
    return new TableSql(job.schema(), table).qualified();
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
