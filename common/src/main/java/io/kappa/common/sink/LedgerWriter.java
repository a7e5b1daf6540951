package io.kappa.common.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

/**
 * Collects the chunks of one checkpoint into one batch, and remembers the batch's name, so that the
 * next one can name it. There is one writer, as there is one ledger.
 */
final class LedgerWriter
    implements CommittingSinkWriter<Chunk, Batch>, StatefulSinkWriter<Chunk, Link> {

  private final long generation;
  private final List<Chunk> chunks = new ArrayList<>();
  private Link last;

  LedgerWriter(long generation, Link last) {
    this.generation = generation;
    this.last = last;
  }

  @Override
  public void write(Chunk chunk, Context context) {
    chunks.add(chunk);
  }

  @Override
  public void flush(boolean endOfInput) {
    // Chunks leave with their checkpoint, never before.
  }

  @Override
  public Collection<Batch> prepareCommit() {
    Link fresh = Link.fresh(generation);
    Batch batch = new Batch(0, fresh, last, chunks);
    chunks.clear();
    last = fresh;
    return List.of(batch);
  }

  @Override
  public List<Link> snapshotState(long checkpointId) {
    return List.of(last);
  }

  @Override
  public void close() {
    chunks.clear();
  }
}
