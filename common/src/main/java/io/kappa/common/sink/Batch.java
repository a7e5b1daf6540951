package io.kappa.common.sink;

import java.util.List;

/**
 * All that one checkpoint changes: the committable of the ledger sink.
 *
 * @param checkpoint the checkpoint's id; 0 as long as nobody said it
 * @param link the batch's name
 * @param previous the name of the batch before it
 */
public record Batch(long checkpoint, Link link, Link previous, List<Chunk> chunks) {

  public Batch {
    chunks = List.copyOf(chunks);
  }

  Batch of(long id) {
    return new Batch(id, link, previous, chunks);
  }

  /** What it changes in a table, in the order in which it came from each owner. */
  List<Chunk> changesOf(String table) {
    return chunks.stream()
        .filter(chunk -> chunk.kind() != Chunk.Kind.PROGRESS && chunk.table().equals(table))
        .toList();
  }
}
