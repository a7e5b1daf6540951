package io.kappa.common.sink;

import io.kappa.common.job.Change;
import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the last change of each key of one table since the last barrier, and gives them on as one
 * chunk just before the next. It stands in the same task as the job's own operator, so a key that
 * changes a thousand times between two checkpoints crosses no network and reaches the store once.
 *
 * <p>It holds nothing across a barrier, so it has no state. When there are more rows than the
 * limit, it puts them into the staging table and gives on where they are.
 */
public final class LastChangePerKey<R> extends AbstractStreamOperator<Chunk>
    implements OneInputStreamOperator<Change<R>, Chunk> {

  /** How many rows a subtask keeps in memory for one table. */
  public static final int MOST_ROWS = 100_000;

  private final Table<R> table;
  private final Staging staging;
  private final int mostRows;

  private transient Map<Object, Change<R>> last;
  private transient List<Chunk> spilled;
  private transient long owner;
  private transient long number;
  private transient long lastBarrier;

  public LastChangePerKey(Table<R> table, Staging staging, int mostRows) {
    this.table = table;
    this.staging = staging;
    this.mostRows = mostRows;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    lastBarrier = context.getRestoredCheckpointId().orElse(0);
  }

  @Override
  public void open() throws Exception {
    super.open();
    last = new HashMap<>();
    spilled = new ArrayList<>();
    owner = ThreadLocalRandom.current().nextLong();
    number = 0;
  }

  @Override
  public void processElement(StreamRecord<Change<R>> element) throws Exception {
    Change<R> change = element.getValue();
    last.put(key(change.row()), change);
    if (last.size() >= mostRows) {
      spill();
    }
  }

  private Object key(R row) {
    List<Column<R>> columns = table.key();
    if (columns.size() == 1) {
      return columns.get(0).value().apply(row);
    }
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value().apply(row);
    }
    return List.of(values);
  }

  private void spill() throws IOException {
    Chunk rows = encode();
    staging.put(rows, table.shape());
    spilled.add(
        Chunk.staged(table.name(), owner, rows.upserts(), rows.deletes(), rows.from(), rows.to()));
  }

  private Chunk encode() {
    CopyTuples<R> tuples = new CopyTuples<>(table);
    long from = number;
    long deletes = 0;
    for (Change<R> change : last.values()) {
      tuples.add(change.row(), owner, number++, lastBarrier, change.deleted());
      deletes += change.deleted() ? 1 : 0;
    }
    Chunk rows =
        Chunk.rows(
            table.name(), owner, last.size() - deletes, deletes, from, number - 1, tuples.take());
    last = new HashMap<>();
    return rows;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    spilled.forEach(chunk -> output.collect(new StreamRecord<>(chunk)));
    spilled.clear();
    if (!last.isEmpty()) {
      output.collect(new StreamRecord<>(encode()));
    }
    lastBarrier = checkpointId;
  }

  @Override
  public void close() throws Exception {
    staging.close();
    super.close();
  }
}
