package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.log.LogRecord;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/**
 * Reads a written log as the real source reads Kafka: one split a partition, each in its order, the
 * partitions of one reader interleaved by a seed. Half-way every reader waits for a checkpoint that
 * holds its first half, so that whoever fails after it has something to restore.
 */
final class ScriptedSource<E extends Event>
    implements Source<LogRecord<E>, ScriptedSplit, List<ScriptedSplit>>,
        ResultTypeQueryable<LogRecord<E>> {

  private static final long serialVersionUID = 1L;

  private final Topic<E> topic;
  private final List<? extends List<LoggedRecord>> partitions;
  private final long seed;
  private final Turn turn;

  /**
   * @param partitions the records of each partition, their offsets counted from 0
   * @param turn when it may be read
   */
  ScriptedSource(Topic<E> topic, List<List<LoggedRecord>> partitions, long seed, Turn turn) {
    this.topic = topic;
    this.partitions = partitions.stream().map(List::copyOf).toList();
    this.seed = seed;
    this.turn = turn;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<LogRecord<E>, ScriptedSplit> createReader(SourceReaderContext context) {
    return new ScriptedReader<>(topic, partitions, seed, turn, context);
  }

  @Override
  public SplitEnumerator<ScriptedSplit, List<ScriptedSplit>> createEnumerator(
      SplitEnumeratorContext<ScriptedSplit> context) {
    return restoreEnumerator(
        context,
        IntStream.range(0, partitions.size()).mapToObj(p -> new ScriptedSplit(p, 0)).toList());
  }

  @Override
  public SplitEnumerator<ScriptedSplit, List<ScriptedSplit>> restoreEnumerator(
      SplitEnumeratorContext<ScriptedSplit> context, List<ScriptedSplit> unassigned) {
    return new ScriptedEnumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<ScriptedSplit> getSplitSerializer() {
    return new JavaSerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<List<ScriptedSplit>> getEnumeratorCheckpointSerializer() {
    return new JavaSerializer<>();
  }

  @Override
  public TypeInformation<LogRecord<E>> getProducedType() {
    return LogRecord.typeOf(topic.eventType());
  }

  private static final class JavaSerializer<T> implements SimpleVersionedSerializer<T> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
      return InstantiationUtil.serializeObject(value);
    }

    @Override
    public T deserialize(int version, byte[] bytes) throws IOException {
      try {
        return InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }
  }
}
