package io.kappa.common.sink;

/** A batch can't be applied to the serving store, now or ever; it says why and what to do. */
public final class LedgerConflictException extends RuntimeException {

  public LedgerConflictException(String message) {
    super(message);
  }

  public LedgerConflictException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Two subtasks are at the same rows. */
  public static LedgerConflictException rowTwice(String table, Throwable cause) {
    return new LedgerConflictException(
        "Two subtasks changed the same row of %s between two checkpoints; a job has to key its stream by what the primary key is made of"
            .formatted(table),
        cause);
  }

  /** Rows that were committed aren't there. */
  public static LedgerConflictException rowsGone(String table, long gone, long rows) {
    return new LedgerConflictException(
        "%d of %d staged rows of %s are gone: the serving store lost data, or somebody changed it"
            .formatted(gone, rows, table));
  }
}
