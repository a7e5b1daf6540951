package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/** Reads its partitions of a written log in a seeded interleaving. */
final class ScriptedReader<E extends Event> implements SourceReader<LogRecord<E>, ScriptedSplit> {

  private final Topic<E> topic;
  private final List<? extends List<LoggedRecord>> partitions;
  private final Random random;
  private final Turn turn;
  private final SourceReaderContext context;
  private final List<ScriptedSplit> splits = new ArrayList<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private CompletableFuture<Void> ended;
  private boolean complete;
  private boolean released;
  private long holdsFirstHalf = Long.MAX_VALUE;

  ScriptedReader(
      Topic<E> topic,
      List<? extends List<LoggedRecord>> partitions,
      long seed,
      Turn turn,
      SourceReaderContext context) {
    this.topic = topic;
    this.partitions = partitions;
    this.random = new Random(seed + context.getIndexOfSubtask());
    this.turn = turn;
    this.context = context;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<LogRecord<E>> output) {
    if (splits.isEmpty()) {
      return complete ? ended() : waiting();
    }
    CompletableFuture<Void> begins = turn.begins();
    if (!begins.isDone()) {
      available = begins.copy();
      return InputStatus.NOTHING_AVAILABLE;
    }
    if (!released && isHalfWay()) {
      return waiting();
    }
    int chosen = random.nextInt(splits.size());
    ScriptedSplit split = splits.get(chosen);
    List<LoggedRecord> partition = partitions.get(split.partition());
    if (split.next() == partition.size()) {
      output.releaseOutputForSplit(split.splitId());
      splits.remove(chosen);
    } else {
      LogRecord<E> record = partition.get(split.next()).decoded(topic);
      long time = record.event() == null ? record.timestamp() : record.event().at();
      output.createOutputForSplit(split.splitId()).collect(record, time);
      splits.set(chosen, new ScriptedSplit(split.partition(), split.next() + 1));
    }
    return InputStatus.MORE_AVAILABLE;
  }

  /**
   * All readers of a topic end together. Flink completes no checkpoint while one of them has ended
   * and another hasn't, as the intake keeps union state; and the other may be waiting for one.
   */
  private InputStatus ended() {
    if (ended == null) {
      ended = turn.over(context.getIndexOfSubtask(), context.currentParallelism());
    }
    if (!ended.isDone()) {
      available = ended.copy();
      return InputStatus.NOTHING_AVAILABLE;
    }
    return InputStatus.END_OF_INPUT;
  }

  private InputStatus waiting() {
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  private boolean isHalfWay() {
    int done = splits.stream().mapToInt(ScriptedSplit::next).sum();
    int all = splits.stream().mapToInt(split -> partitions.get(split.partition()).size()).sum();
    return 2 * done >= all;
  }

  @Override
  public List<ScriptedSplit> snapshotState(long checkpoint) {
    if (isHalfWay()) {
      holdsFirstHalf = Math.min(holdsFirstHalf, checkpoint);
    }
    return List.copyOf(splits);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    if (checkpoint >= holdsFirstHalf) {
      released = true;
      available.complete(null);
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<ScriptedSplit> added) {
    splits.addAll(added);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    complete = true;
    available.complete(null);
  }

  @Override
  public void start() {}

  @Override
  public void close() {
    turn.left();
  }
}
