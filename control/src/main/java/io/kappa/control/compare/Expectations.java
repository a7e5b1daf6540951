package io.kappa.control.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What may differ between a candidate and its baseline, and what must hold.
 *
 * @param added tables ({@code item_daily}) and columns ({@code items.likes}) that the candidate
 *     adds
 * @param gone tables and columns that it no longer has
 * @param tables by name
 * @param checks in their order
 */
public record Expectations(
    List<String> added, List<String> gone, Map<String, OfTable> tables, List<Check> checks) {

  /** Nothing is expected to differ, and nothing is checked. */
  public static final Expectations NONE =
      new Expectations(List.of(), List.of(), Map.of(), List.of());

  /**
   * What may differ in a table.
   *
   * @param missing how many rows may be missing; empty: that isn't foreseen
   * @param extra how many rows may be there besides; empty: that isn't foreseen
   * @param columns those that may change, by name
   */
  public record OfTable(
      Optional<Limit> missing, Optional<Limit> extra, Map<String, OfColumn> columns) {
    public OfTable {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * How many rows, at most. Each bound that is given must hold; without one there may be any
   * number.
   *
   * @param share 0 to 1
   */
  public record Limit(OptionalLong count, OptionalDouble share) {}

  /**
   * How much a column may change. Each bound that is given must hold.
   *
   * @param largest the largest difference allowed, by what it is measured in
   * @param share in how large a share of the rows that both have, 0 to 1
   */
  public record OfColumn(Map<Measure.Kind, Double> largest, OptionalDouble share) {
    public OfColumn {
      largest = Map.copyOf(largest);
    }
  }

  /**
   * SQL that must say true.
   *
   * @param sql a query with one boolean as its answer; {@code {candidate}} and {@code {baseline}}
   *     stand for the two schemas
   */
  public record Check(String name, String sql) {}

  public Expectations {
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    checks = List.copyOf(checks);
  }
}
