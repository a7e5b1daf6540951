package io.kappa.common.log;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Hands nothing out, and keeps the state that it was restored with. */
final class IdleEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private final KafkaSourceEnumState state;

  IdleEnumerator(KafkaSourceEnumState state) {
    this.state = state;
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String host) {}

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) {
    return state;
  }

  @Override
  public void close() {}
}
