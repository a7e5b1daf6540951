package io.kappa.savepoints.golden;

import io.kappa.common.event.Event;
import io.kappa.common.log.LogRecord;
import io.kappa.jobs.script.LoggedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/** Gives the records of its partitions, one partition after the other. */
final class GoldenReader<E extends Event>
    implements SourceReader<LogRecord<E>, KafkaPartitionSplit> {

  private final GoldenSource<E> source;
  private final Map<Integer, Long> next = new TreeMap<>();
  private final Deque<LoggedRecord> left = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();

  GoldenReader(GoldenSource<E> source) {
    this.source = source;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<LogRecord<E>> output) {
    LoggedRecord record = left.poll();
    if (record == null) {
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }
    LogRecord<E> decoded = record.decoded(source.topic());
    long time = decoded.event() == null ? decoded.timestamp() : decoded.event().at();
    output.createOutputForSplit(Integer.toString(record.partition())).collect(decoded, time);
    next.put(record.partition(), record.offset() + 1);
    source.gave();
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    return next.entrySet().stream()
        .map(
            each ->
                new KafkaPartitionSplit(
                    new TopicPartition(source.topic().name(), each.getKey()), each.getValue()))
        .toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      next.put(split.getPartition(), split.getStartingOffset());
      left.addAll(source.from(split));
    }
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void start() {}

  @Override
  public void close() {}
}
