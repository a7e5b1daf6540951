package io.kappa.common.sink;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.common.table.TableSql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL of the bulk path, for a version whose tables nobody reads yet. Its changes are appended
 * to the staging tables as they come, without an index, and nothing is looked up; beside them
 * stands up to which number of each owner they are committed. Once, at the end, the tables are made
 * of them: the last change of each key, the primary key, the statistics.
 */
public final class BulkSql {

  private final Identifier schema;
  private final String committed;

  public BulkSql(Identifier schema) {
    this.schema = schema;
    this.committed = schema.quoted() + ".\"_bulk\"";
  }

  /** The name of the table by which a version may take the bulk path, with its schema, quoted. */
  String name() {
    return committed;
  }

  /** What a version that takes the bulk path has beside its tables. */
  public List<String> create(List<TableShape> tables) {
    List<String> all = new ArrayList<>();
    all.add(
        """
        CREATE TABLE %s (
          table_name text NOT NULL, owner bigint NOT NULL, first_batch bigint NOT NULL,
          last_batch bigint NOT NULL, last_number bigint NOT NULL, PRIMARY KEY (table_name, owner))"""
            .formatted(committed));
    all.add(
        "COMMENT ON TABLE %s IS 'Up to which number rows of each owner in the staging tables are committed'"
            .formatted(committed));
    tables.forEach(table -> all.add(new StagingSql(schema, table).createStaging()));
    return all;
  }

  /** Notes what a batch commits; parameters: table, owner, batch, batch, last number. */
  String commit() {
    return """
        INSERT INTO %s (table_name, owner, first_batch, last_batch, last_number)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (table_name, owner)
        DO UPDATE SET last_batch = EXCLUDED.last_batch, last_number = EXCLUDED.last_number"""
        .formatted(committed);
  }

  /** How many rows are committed and aren't there. */
  public String missing(TableShape table) {
    return """
        SELECT (%s) - (SELECT count(*) FROM %s s JOIN %s c
                           ON s._owner = c.owner AND s._number <= c.last_number
                        WHERE c.table_name = %s)"""
        .formatted(rows(table), staging(table), committed, literal(table.name()));
  }

  /** How many rows are committed. */
  public String rows(TableShape table) {
    return "SELECT coalesce(sum(last_number + 1), 0) FROM %s WHERE table_name = %s"
        .formatted(committed, literal(table.name()));
  }

  /** How many attempts made the rows: those of a later one count, where both changed a key. */
  public String attempts(TableShape table) {
    return "WITH %s SELECT count(DISTINCT _attempt) FROM owners".formatted(owners(table));
  }

  /**
   * Makes the table anew of what is committed, with its primary key and its statistics. A key that
   * two owners of one attempt have changed breaks the primary key.
   *
   * @param attempts how many there were
   */
  public List<String> settle(TableShape table, long attempts) {
    String target = new TableSql(schema, table).qualified();
    String made = schema.quoted() + ".\"_settled_" + table.name() + '"';
    List<String> all = new ArrayList<>();
    all.add("CREATE TABLE %s AS %s".formatted(made, attempts > 1 ? newest(table) : last(table)));
    all.add("DROP TABLE " + target);
    all.add("ALTER TABLE %s RENAME TO \"%s\"".formatted(made, table.name()));
    all.add("ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(target, keys(table, "")));
    all.addAll(new TableSql(schema, table).comments());
    all.add("ANALYZE " + target);
    return all;
  }

  /** Empties what the tables were made of. */
  public List<String> clear(List<TableShape> tables) {
    return List.of(
        "TRUNCATE %s, %s"
            .formatted(
                committed, tables.stream().map(this::staging).collect(Collectors.joining(", "))));
  }

  private String last(TableShape table) {
    return """
        SELECT %1$s FROM (
          SELECT DISTINCT ON (%2$s, s._owner) s.*
            FROM %3$s s JOIN %4$s c ON s._owner = c.owner AND s._number <= c.last_number
           WHERE c.table_name = %5$s
           ORDER BY %2$s, s._owner, s._number DESC) last
         WHERE NOT _deleted"""
        .formatted(
            columns(table.columns(), ""),
            keys(table, "s."),
            staging(table),
            committed,
            literal(table.name()));
  }

  /** The same where an attempt failed on the way and another went on. */
  private String newest(TableShape table) {
    return """
        WITH %1$s
        SELECT %2$s FROM (
          SELECT *, rank() OVER (PARTITION BY %3$s ORDER BY _attempt DESC) AS _place FROM (
            SELECT DISTINCT ON (%4$s, c._attempt, s._owner) s.*, c._attempt
              FROM %5$s s JOIN owners c ON s._owner = c.owner AND s._number <= c.last_number
             ORDER BY %4$s, c._attempt DESC, s._owner, s._number DESC) last) placed
         WHERE _place = 1 AND NOT _deleted"""
        .formatted(
            owners(table),
            columns(table.columns(), ""),
            keys(table, ""),
            keys(table, "s."),
            staging(table));
  }

  /** All batches of an attempt come before those of the next, and each attempt has new owners. */
  private String owners(TableShape table) {
    return """
        ordered AS (
          SELECT owner, last_number, first_batch, last_batch,
                 max(last_batch) OVER (ORDER BY first_batch, last_batch
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM %s WHERE table_name = %s),
        owners AS (
          SELECT owner, last_number,
                 count(*) FILTER (WHERE before IS NULL OR before < first_batch)
                   OVER (ORDER BY first_batch, last_batch) AS _attempt
            FROM ordered)"""
        .formatted(committed, literal(table.name()));
  }

  private String staging(TableShape table) {
    return new StagingSql(schema, table).staging();
  }

  private static String keys(TableShape table, String of) {
    return columns(table.key(), of);
  }

  private static String columns(List<ColumnShape> columns, String of) {
    Function<ColumnShape, String> name = c -> of + new Identifier(c.name()).quoted();
    return columns.stream().map(name).collect(Collectors.joining(", "));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
