package io.kappa.common.sink;

import io.kappa.common.table.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The sink that makes a checkpoint visible as a whole: all rows of all tables, the frontier and the
 * counts in one ordinary PostgreSQL transaction, after the checkpoint has completed.
 *
 * <p>It has to run with parallelism 1.
 */
public final class LedgerSink
    implements Sink<Chunk>,
        SupportsWriterState<Chunk, Link>,
        SupportsCommitter<Batch>,
        SupportsPreCommitTopology<Batch, Batch> {

  private final long generation;
  private final SerializableSupplier<Committer<Batch>> committer;

  private LedgerSink(long generation, SerializableSupplier<Committer<Batch>> committer) {
    this.generation = generation;
    this.committer = committer;
  }

  /**
   * The sink of a run.
   *
   * @param schema the version's schema
   * @param guard what must still hold when rows become visible
   */
  public static LedgerSink of(
      Run run, StoreAddress store, String schema, List<TableShape> tables, CommitGuard guard) {
    ArrayList<TableShape> shapes = new ArrayList<>(tables);
    return new LedgerSink(
        run.generation(), () -> new LedgerCommitter(run, store, schema, shapes, guard));
  }

  /** One with the same state, for a run that isn't to be seen: nothing is ever committed. */
  public static LedgerSink nowhere() {
    return new LedgerSink(0, NothingCommitted::new);
  }

  @Override
  public LedgerWriter createWriter(WriterInitContext context) {
    return new LedgerWriter(generation, Link.START);
  }

  @Override
  public StatefulSinkWriter<Chunk, Link> restoreWriter(
      WriterInitContext context, Collection<Link> state) {
    if (state.size() != 1) {
      throw new IllegalStateException(
          "The ledger's writer was restored from %d links; one is allowed".formatted(state.size()));
    }
    return new LedgerWriter(generation, state.iterator().next());
  }

  @Override
  public SimpleVersionedSerializer<Link> getWriterStateSerializer() {
    return new LinkSerializer();
  }

  /**
   * Only here is the checkpoint's id known. It is the messages' own; that of the end is never
   * committed.
   */
  @Override
  public DataStream<CommittableMessage<Batch>> addPreCommitTopology(
      DataStream<CommittableMessage<Batch>> batches) {
    TypeInformation<CommittableMessage<Batch>> type =
        CommittableMessageTypeInfo.of(BatchSerializer::new);
    return batches
        .global()
        .map(new SayCheckpoint())
        .returns(type)
        .setParallelism(1)
        .setMaxParallelism(1)
        .uid("say-checkpoint")
        .name("say-checkpoint");
  }

  @Override
  public Committer<Batch> createCommitter(CommitterInitContext context) {
    return committer.get();
  }

  @Override
  public SimpleVersionedSerializer<Batch> getCommittableSerializer() {
    return new BatchSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Batch> getWriteResultSerializer() {
    return new BatchSerializer();
  }

  private static final class SayCheckpoint
      implements MapFunction<CommittableMessage<Batch>, CommittableMessage<Batch>> {

    @Override
    public CommittableMessage<Batch> map(CommittableMessage<Batch> message) throws IOException {
      if (message instanceof CommittableWithLineage<Batch> batch) {
        return batch.map(unnamed -> unnamed.of(batch.getCheckpointId()));
      }
      return message;
    }
  }

  private static final class NothingCommitted implements Committer<Batch> {

    @Override
    public void commit(Collection<CommitRequest<Batch>> requests) {
      requests.forEach(CommitRequest::signalAlreadyCommitted);
    }

    @Override
    public void close() {}
  }
}
