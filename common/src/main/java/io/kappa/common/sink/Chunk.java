package io.kappa.common.sink;

/**
 * A piece of what one checkpoint changes: rows of one table from one subtask, or how far the log
 * has been read.
 *
 * @param kind what the payload is
 * @param table the table the rows belong to; empty for progress
 * @param owner names the instance of the operator that made it, at random
 * @param upserts how many rows are set
 * @param deletes how many rows go
 * @param from the rows' first number; their owner gave them numbers one after the other, from 0 on
 * @param to their last number
 * @param payload tuples in PostgreSQL's binary COPY form, or progress as JSON; empty for staged
 *     rows
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would double the memory.
public record Chunk(
    Kind kind,
    String table,
    long owner,
    long upserts,
    long deletes,
    long from,
    long to,
    byte[] payload) {

  /** What a chunk's payload is. */
  public enum Kind {
    /** The rows themselves. */
    ROWS,
    /** Nothing: the rows were already put into the staging table. */
    STAGED,
    /** How far partitions have been read. */
    PROGRESS
  }

  private static final byte[] NOTHING = {};

  static Chunk rows(
      String table, long owner, long upserts, long deletes, long from, long to, byte[] tuples) {
    return new Chunk(Kind.ROWS, table, owner, upserts, deletes, from, to, tuples);
  }

  static Chunk staged(String table, long owner, long upserts, long deletes, long from, long to) {
    return new Chunk(Kind.STAGED, table, owner, upserts, deletes, from, to, NOTHING);
  }

  static Chunk progress(byte[] json) {
    return new Chunk(Kind.PROGRESS, "", 0, 0, 0, 0, 0, json);
  }
}
