package io.kappa.common.sink;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
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

  /** Takes staged rows over; parameters: owner, first and last number. */
  String takeStaged() {
    return """
        WITH taken AS (
          DELETE FROM %s WHERE _owner = ? AND _number BETWEEN ? AND ? RETURNING %s, %s)
        INSERT INTO %s (%s, %s) SELECT * FROM taken"""
        .formatted(staging, columns(), OWN_COLUMNS, incoming, columns(), OWN_COLUMNS);
  }

  /** Removes what nobody will ever ask for; parameter: the checkpoint that is committed. */
  String sweepStaging() {
    return "DELETE FROM %s WHERE _after < ?".formatted(staging);
  }

  /** Keeps the last change per key and owner; needed only where a batch had staged rows. */
  String keepLast() {
    return """
        DELETE FROM %1$s older USING %1$s newer
         WHERE older._owner = newer._owner AND older._number < newer._number AND %2$s"""
        .formatted(
            incoming,
            table.key().stream()
                .map(c -> "older.%1$s = newer.%1$s".formatted(quoted(c.name())))
                .collect(Collectors.joining(" AND ")));
  }

  String delete() {
    return "DELETE FROM %s t USING %s i WHERE i._deleted AND %s"
        .formatted(
            target,
            incoming,
            table.key().stream()
                .map(c -> "t.%1$s = i.%1$s".formatted(quoted(c.name())))
                .collect(Collectors.joining(" AND ")));
  }

  /** Sets the rows, in key order, so that two sessions never wait for each other in a circle. */
  String upsert() {
    String key = list(table.key(), c -> quoted(c.name()));
    return "INSERT INTO %s (%s) SELECT %s FROM %s WHERE NOT _deleted ORDER BY %s ON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(
            target,
            columns(),
            columns(),
            incoming,
            key,
            key,
            list(table.values(), c -> "%1$s = excluded.%1$s".formatted(quoted(c.name()))));
  }

  String analyzeIncoming() {
    return "ANALYZE " + incoming;
  }

  private String columns() {
    return list(table.columns(), c -> quoted(c.name()));
  }

  private static String list(List<ColumnShape> columns, Function<ColumnShape, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }
}
