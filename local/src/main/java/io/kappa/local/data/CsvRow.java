package io.kappa.local.data;

import java.util.List;
import java.util.Map;

/**
 * One row of a CSV.
 *
 * @param line the number of the line it begins on, from 1
 * @param columns column to index
 */
record CsvRow(long line, Map<String, Integer> columns, List<String> values) {

  /** What the row says in a column that is there. */
  String value(String column) {
    return values.get(columns.get(column));
  }
}
