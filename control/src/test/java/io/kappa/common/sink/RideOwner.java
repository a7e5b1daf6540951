package io.kappa.common.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** An instance of an operator, which numbers its rows, and what it has for the next batch. */
final class RideOwner {

  private final long id;
  private final Staging staging;
  private final LongSupplier lastBarrier;
  private long number;
  private List<Chunk> chunks = new ArrayList<>();

  /**
   * @param lastBarrier the last checkpoint before its rows
   */
  RideOwner(long id, Staging staging, LongSupplier lastBarrier) {
    this.id = id;
    this.staging = staging;
    this.lastBarrier = lastBarrier;
  }

  void stage(List<Ride> upserts, List<Ride> deletes) throws IOException {
    Chunk made = encode(upserts, deletes);
    staging.put(made, Ride.TABLE.shape());
    chunks.add(Chunk.staged("rides", id, made.upserts(), made.deletes(), made.from(), made.to()));
  }

  void send(List<Ride> upserts, List<Ride> deletes) {
    chunks.add(encode(upserts, deletes));
  }

  private Chunk encode(List<Ride> upserts, List<Ride> deletes) {
    CopyTuples<Ride> tuples = new CopyTuples<>(Ride.TABLE);
    long from = number;
    upserts.forEach(ride -> tuples.add(ride, id, number++, lastBarrier.getAsLong(), false));
    deletes.forEach(ride -> tuples.add(ride, id, number++, lastBarrier.getAsLong(), true));
    return Chunk.rows("rides", id, upserts.size(), deletes.size(), from, number - 1, tuples.take());
  }

  List<Chunk> take() {
    List<Chunk> taken = chunks;
    chunks = new ArrayList<>();
    return taken;
  }

  /** Whether it's one of those whose id is below 0. */
  boolean isLeft() {
    return id < 0;
  }
}
