package io.kappa.control.compare;

import io.kappa.common.table.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * A column that isn't the same in all rows that both have.
 *
 * @param differ in how many rows
 * @param measures for numbers the absolute and the relative difference, for times the seconds; else
 *     none
 */
public record ColumnReport(String column, SqlType type, long differ, List<Measure> measures) {

  public ColumnReport {
    measures = List.copyOf(measures);
  }

  /** One of the measures, if the column's type has it. */
  public Optional<Measure> measure(Measure.Kind kind) {
    return measures.stream().filter(measure -> measure.kind() == kind).findFirst();
  }
}
