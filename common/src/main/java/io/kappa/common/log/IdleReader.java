package io.kappa.common.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Keeps the splits that it was restored with, and reads none. */
final class IdleReader<T> implements SourceReader<T, KafkaPartitionSplit> {

  private final List<KafkaPartitionSplit> splits = new ArrayList<>();
  private final CompletableFuture<Void> never = new CompletableFuture<>();

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    return InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return List.copyOf(splits);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return never;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> more) {
    splits.addAll(more);
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {}
}
