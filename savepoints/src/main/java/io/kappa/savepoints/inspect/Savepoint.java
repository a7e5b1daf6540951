package io.kappa.savepoints.inspect;

import java.util.List;
import java.util.SortedMap;

/**
 * What is in a savepoint or retained checkpoint.
 *
 * @param checkpointId its number in the run that it's from
 * @param offsets topic -> partition -> next offset: how far the log had been read, where an intake
 *     says so
 * @param operators in the order of their uids, or ids where there is none
 */
public record Savepoint(
    long checkpointId,
    SortedMap<String, SortedMap<Integer, Long>> offsets,
    List<SavedOperator> operators) {

  /** The size of all state, in bytes. */
  public long bytes() {
    return operators.stream().mapToLong(SavedOperator::bytes).sum();
  }
}
