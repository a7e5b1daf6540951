package io.kappa.control.compare;

import io.kappa.common.table.TableShape;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.util.List;

/**
 * What is held against what: a candidate that idles at a fence, and the copy that was made of its
 * baseline at the same place.
 *
 * @param leg the candidate's leg that ends at the fence
 * @param tables the candidate's, in its own schema
 * @param baseline number of the version that the copy is of
 * @param baselineTables the copy's, in the candidate's baseline schema, under the same names
 */
public record Pair(
    VersionName candidate,
    int leg,
    Frontier fence,
    List<TableShape> tables,
    int baseline,
    List<TableShape> baselineTables) {

  public Pair {
    tables = List.copyOf(tables);
    baselineTables = List.copyOf(baselineTables);
  }
}
