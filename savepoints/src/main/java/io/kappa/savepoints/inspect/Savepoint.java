package io.kappa.savepoints.inspect;

import java.util.List;

/**
 * What is in a savepoint or retained checkpoint.
 *
 * @param checkpointId its number in the run that it's from
 * @param operators in the order of their uids, or ids where there is none
 */
public record Savepoint(long checkpointId, List<SavedOperator> operators) {

  /** The size of all state, in bytes. */
  public long bytes() {
    return operators.stream().mapToLong(SavedOperator::bytes).sum();
  }
}
