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

  private final Run run;
  private final StoreAddress store;
  private final String schema;
  private final ArrayList<TableShape> tables;
  private final CommitGuard guard;

  /**
   * @param schema the version's schema
   * @param guard what must still hold when rows become visible
   */
  public LedgerSink(
      Run run, StoreAddress store, String schema, List<TableShape> tables, CommitGuard guard) {
    this.run = run;
    this.store = store;
    this.schema = schema;
    this.tables = new ArrayList<>(tables);
    this.guard = guard;
  }

  @Override
  public LedgerWriter createWriter(WriterInitContext context) {
    return new LedgerWriter(run.generation(), Link.START);
  }

  @Override
  public StatefulSinkWriter<Chunk, Link> restoreWriter(
      WriterInitContext context, Collection<Link> state) {
    if (state.size() != 1) {
      throw new IllegalStateException(
          "The ledger's writer was restored from %d links; one is allowed".formatted(state.size()));
    }
    return new LedgerWriter(run.generation(), state.iterator().next());
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
    return new LedgerCommitter(run, store, schema, tables, guard);
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
}
