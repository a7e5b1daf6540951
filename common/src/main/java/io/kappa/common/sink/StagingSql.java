package io.kappa.common.sink;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL by which rows of a batch reach their table: through a temporary table of the committing
 * session, and, where a batch was large, from a logged staging table beside the target.
 */
final class StagingSql {

  private static final String OWN_COLUMNS = "_owner, _number, _after, _deleted";

  private final String target;
  private final String staging;
  private final String stagingName;
  private final String incoming;
  private final TableShape table;

  StagingSql(Identifier schema, TableShape table) {
    this.table = table;
    this.target = new TableSql(schema, table).qualified();
    this.stagingName = "_staging_" + table.name();
    this.staging = schema.quoted() + "." + quoted(stagingName);
    this.incoming = "pg_temp." + quoted("_incoming_" + table.name());
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  String createIncoming() {
    return "CREATE TEMP TABLE IF NOT EXISTS %s (%s) ON COMMIT DELETE ROWS"
        .formatted(quoted("_incoming_" + table.name()), columnsWithOwn());
  }

  String createStaging() {
    return "CREATE TABLE IF NOT EXISTS %s (%s)".formatted(staging, columnsWithOwn());
  }

  private String columnsWithOwn() {
    return list(table.columns(), c -> quoted(c.name()) + " " + c.type().sql())
        + ", _owner bigint NOT NULL, _number bigint NOT NULL, _after bigint NOT NULL, _deleted boolean NOT NULL";
  }

  /** The staging table's name with its schema, quoted. */
  String staging() {
    return staging;
  }

  String stagingName() {
    return stagingName;
  }

  String copyToIncoming() {
    return copy(incoming);
  }

  String copyToStaging() {
    return copy(staging);
  }

  private String copy(String into) {
    return "COPY %s (%s, %s) FROM STDIN (FORMAT binary)".formatted(into, columns(), OWN_COLUMNS);
  }

  /** Removes staged rows once they are merged; parameters: owner, first and last number. */
  String removeStaged() {
    return "DELETE FROM %s WHERE _owner = ? AND _number BETWEEN ? AND ?".formatted(staging);
  }

  /** Removes what nobody will ever ask for; parameter: the checkpoint that is committed. */
  String sweepStaging() {
    return "DELETE FROM %s WHERE _after < ?".formatted(staging);
  }

  /** Sets and deletes the target's rows as those say that came in. */
  String mergeIncoming() {
    return merge("SELECT * FROM %s ORDER BY %s".formatted(incoming, keys()));
  }

  /**
   * The same for a batch of which a part was staged, where an owner may have more than one change
   * of a key: the last one counts. Parameters, for each of so many owners: owner, first and last
   * number.
   */
  String mergeStaged(int owners) {
    String named = "_owner = ? AND _number BETWEEN ? AND ?";
    return merge(
        """
        SELECT DISTINCT ON (%1$s, _owner) *
          FROM (SELECT * FROM %2$s UNION ALL SELECT * FROM %3$s WHERE %4$s) changes
         ORDER BY %1$s, _owner, _number DESC"""
            .formatted(
                keys(),
                incoming,
                staging,
                String.join(" OR ", Collections.nCopies(owners, named))));
  }

  /**
   * Changes are in key order, so that an index is read and written from one end to the other. There
   * is one that commits, so a row that isn't there isn't put there by somebody else meanwhile.
   */
  private String merge(String changes) {
    return """
        MERGE INTO %1$s t USING (%2$s) i ON %3$s
         WHEN MATCHED AND i._deleted THEN DELETE
         WHEN MATCHED THEN UPDATE SET %4$s
         WHEN NOT MATCHED AND NOT i._deleted THEN INSERT (%5$s) VALUES (%6$s)"""
        .formatted(
            target,
            changes,
            table.key().stream()
                .map(c -> "t.%1$s = i.%1$s".formatted(quoted(c.name())))
                .collect(Collectors.joining(" AND ")),
            list(table.values(), c -> "%1$s = i.%1$s".formatted(quoted(c.name()))),
            columns(),
            list(table.columns(), c -> "i." + quoted(c.name())));
  }

  private String keys() {
    return list(table.key(), c -> quoted(c.name()));
  }

  private String columns() {
    return list(table.columns(), c -> quoted(c.name()));
  }

  private static String list(List<ColumnShape> columns, Function<ColumnShape, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }
}
