package io.kappa.control.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a table that both have.
 *
 * @param table its name
 * @param differences the table with all rows that differ, as SQL spells it
 * @param compared the columns outside the key that were compared
 * @param columns those of them that differ in at least one row, in the table's order
 * @param added columns that the candidate alone has
 * @param gone columns that the baseline alone has
 * @param retyped columns whose type isn't the same, each with both types; they weren't compared
 * @param samples some rows of each kind, in the key's order
 * @param times where in time the differences lie, for the first time or date of the key
 * @param keys in which values they lie, for each text of the key
 */
public record TableReport(
    String table,
    String differences,
    RowCounts rows,
    List<String> compared,
    List<ColumnReport> columns,
    List<String> added,
    List<String> gone,
    List<String> retyped,
    List<Sample> samples,
    List<Whereabouts> times,
    List<Whereabouts> keys) {

  public TableReport {
    compared = List.copyOf(compared);
    columns = List.copyOf(columns);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    retyped = List.copyOf(retyped);
    samples = List.copyOf(samples);
    times = List.copyOf(times);
    keys = List.copyOf(keys);
  }

  /** Whether both have the same columns and the same rows. */
  @JsonIgnore
  public boolean isIdentical() {
    return rows.differing() == 0 && added.isEmpty() && gone.isEmpty() && retyped.isEmpty();
  }

  /** One of the columns that differ. */
  public Optional<ColumnReport> column(String name) {
    return columns.stream().filter(column -> column.column().equals(name)).findFirst();
  }
}
