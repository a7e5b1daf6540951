package io.kappa.control.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * All that was found when a candidate was held against its baseline.
 *
 * @param tables that both have, in the candidate's order
 * @param added tables that the candidate alone has
 * @param gone tables that the baseline alone has
 * @param rekeyed tables whose key isn't the same, each with both keys; they weren't compared
 * @param checks what came of the expectations' checks
 */
public record Report(
    List<TableReport> tables,
    List<String> added,
    List<String> gone,
    List<String> rekeyed,
    List<CheckResult> checks) {

  public Report {
    tables = List.copyOf(tables);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    rekeyed = List.copyOf(rekeyed);
    checks = List.copyOf(checks);
  }

  /** Whether there is no difference at all. What the checks say is left aside. */
  @JsonIgnore
  public boolean isIdentical() {
    return added.isEmpty()
        && gone.isEmpty()
        && rekeyed.isEmpty()
        && tables.stream().allMatch(TableReport::isIdentical);
  }

  /** A table that both have. */
  public Optional<TableReport> table(String name) {
    return tables.stream().filter(table -> table.table().equals(name)).findFirst();
  }

  /** The same with other checks. */
  public Report with(List<CheckResult> others) {
    return new Report(tables, added, gone, rekeyed, others);
  }
}
