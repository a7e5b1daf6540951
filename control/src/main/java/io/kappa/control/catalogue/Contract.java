package io.kappa.control.catalogue;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.TableShape;
import io.kappa.common.table.TableShape.ColumnShape;
import io.kappa.control.Refusal;
import io.kappa.control.version.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What readers of a job were shown, and may go on relying on.
 *
 * @param tables as the views show them, without their keys
 * @param keys table -> its primary key, where an attached version has the table
 */
public record Contract(Identifier job, List<TableShape> tables, Map<String, List<String>> keys) {

  public Contract {
    tables = List.copyOf(tables);
    keys = Map.copyOf(keys);
  }

  /**
   * Lets a candidate's tables pass if readers lose nothing by them; tables and columns may be
   * added.
   *
   * @throws Refusal if a table or column would go, or change its type or primary key
   */
  public void refuseIncompatible(VersionName candidate, List<TableShape> candidates) {
    Map<String, TableShape> own =
        candidates.stream().collect(Collectors.toMap(TableShape::name, Function.identity()));
    List<String> broken = new ArrayList<>();
    for (TableShape table : tables) {
      Optional.ofNullable(own.get(table.name()))
          .ifPresentOrElse(
              there -> broken.addAll(broken(table, there)),
              () -> broken.add("table %s is gone".formatted(table.name())));
    }
    if (!broken.isEmpty()) {
      throw new Refusal(
          "%s breaks what readers query in schema %s: %s"
              .formatted(candidate, job.schema(), String.join("; ", broken)),
          "keep tables and columns as they are and add to them; what changes type or key needs a"
              + " table of a new name beside the old one");
    }
  }

  private List<String> broken(TableShape shown, TableShape own) {
    Map<String, ColumnShape> there =
        own.columns().stream().collect(Collectors.toMap(ColumnShape::name, Function.identity()));
    List<String> broken = new ArrayList<>();
    for (ColumnShape column : shown.columns()) {
      ColumnShape now = there.get(column.name());
      if (now == null) {
        broken.add("column %s.%s is gone".formatted(shown.name(), column.name()));
      } else if (now.type() != column.type()) {
        broken.add(
            "column %s.%s is %s, readers know it as %s"
                .formatted(shown.name(), column.name(), now.type().sql(), column.type().sql()));
      }
    }
    List<String> key = own.key().stream().map(ColumnShape::name).toList();
    List<String> before = keys.getOrDefault(shown.name(), key);
    if (!key.equals(before)) {
      broken.add(
          "the key of %s is (%s), readers know (%s)"
              .formatted(shown.name(), String.join(", ", key), String.join(", ", before)));
    }
    return broken;
  }
}
