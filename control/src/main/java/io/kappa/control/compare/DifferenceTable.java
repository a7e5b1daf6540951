package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table that holds all rows of one table that differ: the key, {@code difference}, and both
 * sides of each column that was compared. What its columns are called, and the SQL that fills it.
 */
final class DifferenceTable {

  private static final String SUFFIX = "_differences";

  private final String name;
  private final String candidateSchema;
  private final String baselineSchema;
  private final TableShape candidate;
  private final TableShape baseline;
  private final String difference;
  private final Map<String, String> baselineSides = new HashMap<>();
  private final Map<String, String> candidateSides = new HashMap<>();

  /**
   * @param taken the names of all tables of both versions, none of which may be written over
   */
  DifferenceTable(Pair pair, TableShape candidate, TableShape baseline, Set<String> taken) {
    this.candidateSchema = pair.candidate().schema();
    this.baselineSchema = pair.candidate().baselineSchema();
    this.candidate = candidate;
    this.baseline = baseline;
    this.name = free(candidate.name() + SUFFIX, taken);
    Set<String> names =
        candidate.key().stream()
            .map(ColumnShape::name)
            .collect(Collectors.toCollection(HashSet::new));
    this.difference = claim("difference", names);
    for (ColumnShape column : compared()) {
      baselineSides.put(column.name(), claim(column.name() + "_baseline", names));
      candidateSides.put(column.name(), claim(column.name() + "_candidate", names));
    }
  }

  /** A name quoted for SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String claim(String wanted, Set<String> names) {
    String free = free(wanted, names);
    names.add(free);
    return free;
  }

  /** Names are 41 characters at most, so there is room for some more before the 63 are full. */
  private static String free(String wanted, Set<String> taken) {
    String name = wanted;
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  TableShape candidate() {
    return candidate;
  }

  TableShape baseline() {
    return baseline;
  }

  List<ColumnShape> key() {
    return candidate.key();
  }

  /** The columns outside the key that both have with the same type. */
  List<ColumnShape> compared() {
    return candidate.values().stream()
        .filter(
            column ->
                baseline.values().stream()
                    .anyMatch(
                        other ->
                            other.name().equals(column.name()) && other.type() == column.type()))
        .toList();
  }

  String qualified() {
    return quoted(baselineSchema) + "." + quoted(name);
  }

  String baselineQualified() {
    return quoted(baselineSchema) + "." + quoted(baseline.name());
  }

  String candidateQualified() {
    return quoted(candidateSchema) + "." + quoted(candidate.name());
  }

  /** Its name as somebody would type it. */
  String readable() {
    return baselineSchema + "." + (name.contains("-") ? quoted(name) : name);
  }

  /** The column that says how a row differs. */
  String difference() {
    return quoted(difference);
  }

  String baselineSide(ColumnShape column) {
    return quoted(baselineSides.get(column.name()));
  }

  String candidateSide(ColumnShape column) {
    return quoted(candidateSides.get(column.name()));
  }

  /** Whether the sides of a column differ, in a row of this table. */
  String isChanged(ColumnShape column) {
    return isDistinct(column.type(), baselineSide(column), candidateSide(column));
  }

  /** The one pass over both tables. The key is never NULL, so it tells which side is there. */
  String create() {
    String first = quoted(key().get(0).name());
    String on =
        key().stream()
            .map(column -> quoted(column.name()))
            .map(column -> "b.%s = c.%s".formatted(column, column))
            .collect(Collectors.joining(" AND "));
    Stream<String> differ =
        compared().stream()
            .map(
                column ->
                    isDistinct(
                        column.type(), "b." + quoted(column.name()), "c." + quoted(column.name())));
    String where =
        Stream.concat(
                Stream.of("b.%s IS NULL".formatted(first), "c.%s IS NULL".formatted(first)), differ)
            .collect(Collectors.joining("\n    OR "));
    return """
        CREATE TABLE %s AS
        SELECT %s
          FROM %s b FULL OUTER JOIN %s c ON %s
         WHERE %s
        """
        .formatted(
            qualified(), columns(first), baselineQualified(), candidateQualified(), on, where);
  }

  private String columns(String first) {
    Stream<String> keys =
        key().stream()
            .map(column -> quoted(column.name()))
            .map(column -> "coalesce(b.%s, c.%s) AS %s".formatted(column, column, column));
    String kind =
        """
        CASE WHEN b.%s IS NULL THEN 'extra' WHEN c.%s IS NULL THEN 'missing' ELSE 'changed' END
            AS %s"""
            .formatted(first, first, difference());
    Stream<String> sides =
        compared().stream()
            .map(
                column ->
                    "b.%s AS %s, c.%s AS %s"
                        .formatted(
                            quoted(column.name()),
                            baselineSide(column),
                            quoted(column.name()),
                            candidateSide(column)));
    return Stream.of(keys, Stream.of(kind), sides)
        .flatMap(each -> each)
        .collect(Collectors.joining(",\n       "));
  }

  /** For readers -0 isn't 0 and 1.0 isn't 1, though PostgreSQL calls both pairs equal. */
  private static String isDistinct(SqlType type, String one, String other) {
    return switch (type) {
      case DOUBLE, JSONB -> "%s::text IS DISTINCT FROM %s::text".formatted(one, other);
      case TEXT, BIGINT, INTEGER, BOOLEAN, TIMESTAMPTZ, DATE, BYTEA ->
          "%s IS DISTINCT FROM %s".formatted(one, other);
    };
  }
}
