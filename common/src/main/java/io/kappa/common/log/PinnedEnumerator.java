package io.kappa.common.log;

import io.kappa.common.sink.FailureNote;
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

/** Hands out the partitions as Flink's enumerator does, and looks at the topic now and then. */
final class PinnedEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private static final Logger LOG = LoggerFactory.getLogger(PinnedEnumerator.class);
  private static final long EVERY_MS = 5_000;

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> flinks;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final PinCheck check;
  private final FailureNote failure;

  PinnedEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> flinks,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      PinCheck check,
      FailureNote failure) {
    this.failure = failure;
    this.flinks = flinks;
    this.context = context;
    this.check = check;
  }

  @Override
  public void start() {
    flinks.start();
    context.callAsync(this::look, this::stopIfChanged, 0, EVERY_MS);
  }

  private boolean look() throws IOException {
    check.check();
    return true;
  }

  private void stopIfChanged(Boolean fine, Throwable problem) {
    if (problem instanceof LogChangedException) {
      failure.write(problem.getMessage());
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
    flinks.addSplitsBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    flinks.addReader(subtask);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    return flinks.snapshotState(checkpointId);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    flinks.handleSourceEvent(subtask, event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    flinks.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void close() throws IOException {
    check.close();
    flinks.close();
  }
}
