package io.kappa.common.sink;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an owner has staged for one batch. An owner numbers its rows one after the other, and all of
 * them up to a barrier are in that barrier's batch; so a batch has the whole stretch from its first
 * number to its last, in the staging table or not.
 */
record Staged(String table, long owner, long from, long to, long rows) {

  /** What each of the owners staged, from staged chunks of one table and one batch. */
  static List<Staged> byOwner(List<Chunk> chunks) {
    Map<Long, Staged> owners = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      long rows = chunk.upserts() + chunk.deletes();
      Staged one = new Staged(chunk.table(), chunk.owner(), chunk.from(), chunk.to(), rows);
      owners.merge(chunk.owner(), one, Staged::and);
    }
    return new ArrayList<>(owners.values());
  }

  private Staged and(Staged other) {
    return new Staged(
        table, owner, Math.min(from, other.from), Math.max(to, other.to), rows + other.rows);
  }

  /** Sets the three parameters that name it, from that place on; says which place comes next. */
  int name(PreparedStatement statement, int first) throws SQLException {
    int place = first;
    statement.setLong(place++, owner);
    statement.setLong(place++, from);
    statement.setLong(place++, to);
    return place;
  }

  /**
   * @param found how many rows the staging table had
   * @throws LedgerConflictException if that isn't all
   */
  void requireAll(int found) {
    if (found != rows) {
      throw LedgerConflictException.rowsGone(table, rows - found, rows);
    }
  }
}
