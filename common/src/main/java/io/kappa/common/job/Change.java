package io.kappa.common.job;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A change of one row of an output table, named by its primary key. All changes of one key must
 * come from one subtask, in order; the last one before a checkpoint is what readers see.
 *
 * @param deleted whether the row goes; then only its key counts
 * @param row the row as it is from now on
 */
@TypeInfo(ChangeTypeInfoFactory.class)
public record Change<R>(boolean deleted, R row) {

  /** The row is there from now on, with these values. */
  public static <R> Change<R> upsert(R row) {
    return new Change<>(false, row);
  }

  /** The row with this key isn't there any more. */
  public static <R> Change<R> delete(R row) {
    return new Change<>(true, row);
  }
}
