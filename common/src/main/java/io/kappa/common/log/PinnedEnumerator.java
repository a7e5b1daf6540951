package io.kappa.common.log;

import io.kappa.common.sink.ReplayRate;
import io.kappa.common.sink.RunNote;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the partitions as Flink's enumerator does, looks at the topic now and then, tells the
 * readers how fast they may read when that was changed, and hears whether they are at work, and
 * whether they have run out of memory to read on.
 */
final class PinnedEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private static final Logger LOG = LoggerFactory.getLogger(PinnedEnumerator.class);
  private static final long EVERY_MS = 5_000;
  private static final long RATE_EVERY_MS = 2_000;

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> flinks;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final PinCheck check;
  private final RunNote note;
  private final ReplayRate limit;
  private final boolean fenced;
  private final CheckpointPace checkpoints;
  private final FullHeap fullHeap;
  private long rate;

  PinnedEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> flinks,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      PinCheck check,
      RunNote note,
      ReplayRate limit,
      boolean fenced,
      CheckpointPace checkpoints,
      FullHeap fullHeap) {
    this.fullHeap = fullHeap;
    this.fenced = fenced;
    this.checkpoints = checkpoints;
    this.note = note;
    this.limit = limit;
    this.rate = limit.first();
    this.flinks = flinks;
    this.context = context;
    this.check = check;
  }

  @Override
  public void start() {
    flinks.start();
    context.callAsync(this::look, this::stopIfChanged, 0, EVERY_MS);
    if (fenced) {
      context.callAsync(limit::now, this::tellIfChanged, RATE_EVERY_MS, RATE_EVERY_MS);
      context.callAsync(fullHeap::write, this::warn, RATE_EVERY_MS, RATE_EVERY_MS);
    }
    checkpoints.start(context);
  }

  private void tellIfChanged(Long now, Throwable problem) {
    if (problem != null) {
      LOG.warn("The rate couldn't be looked up; it stays at {} records/s", rate, problem);
    } else if (now != rate) {
      rate = now;
      context.registeredReaders().keySet().forEach(this::tell);
    }
  }

  private void warn(Boolean noted, Throwable problem) {
    if (problem != null) {
      LOG.warn("It couldn't be noted that the memory is full; trying again", problem);
    }
  }

  private void tell(int reader) {
    context.sendEventToSourceReader(reader, new RateChange(rate));
  }

  private boolean look() throws IOException {
    check.check();
    return true;
  }

  private void stopIfChanged(Boolean fine, Throwable problem) {
    if (problem instanceof LogChangedException) {
      note.failed(problem.getMessage());
      throw new SuppressRestartsException(problem);
    }
    if (problem != null) {
      LOG.warn("The topic couldn't be looked at; trying again in {} ms", EVERY_MS, problem);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    flinks.handleSplitRequest(subtask, host);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    checkpoints.lost(subtask);
    flinks.addSplitsBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    flinks.addReader(subtask);
    if (fenced) {
      tell(subtask);
    }
    checkpoints.added(subtask);
    // Behind what Flink itself tells a reader that has come.
    context.runInCoordinatorThread(() -> begin(subtask));
  }

  private void begin(int reader) {
    if (context.registeredReaders().containsKey(reader)) {
      context.sendEventToSourceReader(reader, new Begin());
    }
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    return flinks.snapshotState(checkpointId);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof AtWork report) {
      checkpoints.heard(subtask, report);
    } else if (event instanceof HeapIsFull) {
      LOG.info("Memory is full of state, reader {} reads no more", subtask);
      fullHeap.heard();
    } else {
      flinks.handleSourceEvent(subtask, event);
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    flinks.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void close() throws IOException {
    checkpoints.close();
    check.close();
    flinks.close();
  }
}
