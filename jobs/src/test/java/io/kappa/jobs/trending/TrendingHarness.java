package io.kappa.jobs.trending;

import io.kappa.common.job.Change;
import io.kappa.jobs.script.CollectedOutput;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One operator of the job alone, fed by hand, with object reuse and without Kryo. */
final class TrendingHarness<K, I, R> implements AutoCloseable {

  private final KeyedOneInputStreamOperatorTestHarness<K, I, Change<R>> flinks;
  private final CollectedOutput<Change<R>> output = new CollectedOutput<>();
  private final AbstractStreamOperator<Change<R>> operator;
  private long barriers;

  private <O extends AbstractStreamOperator<Change<R>> & OneInputStreamOperator<I, Change<R>>>
      TrendingHarness(O operator, KeySelector<I, K> key, TypeInformation<K> type) throws Exception {
    this.operator = operator;
    flinks = new KeyedOneInputStreamOperatorTestHarness<>(operator, key, type, 128, 1, 0);
    flinks.setOutputCreator(serializer -> output);
    flinks.getExecutionConfig().enableObjectReuse();
    ((SerializerConfigImpl) flinks.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    flinks.open();
  }

  static TrendingHarness<String, TaggedPost, HashtagBucket> tagCounts(long minAuthors)
      throws Exception {
    return new TrendingHarness<>(
        new TagCounts(minAuthors), TaggedPost::tag, TypeInformation.of(String.class));
  }

  static TrendingHarness<Integer, TagShare, TopHashtag> topHashtags(int ranks) throws Exception {
    return new TrendingHarness<>(
        new TopHashtags(ranks), TagShare::window, TypeInformation.of(Integer.class));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final TrendingHarness<K, I, R> give(I... records) throws Exception {
    for (I record : records) {
      flinks.processElement(new StreamRecord<>(record));
    }
    return this;
  }

  void watermark(long at) throws Exception {
    flinks.processWatermark(at);
  }

  void barrier() throws Exception {
    flinks.prepareSnapshotPreBarrier(++barriers);
  }

  /** All that was sent, to any output, and the watermarks between. */
  List<Object> output() {
    return output.sent();
  }

  /** Which of these states there is anything of, as "state of key". */
  Set<String> state(String... names) {
    KeyedStateBackend<K> backend = operator.getKeyedStateBackend();
    Set<String> left = new TreeSet<>();
    for (String name : names) {
      try (Stream<Tuple2<K, Object>> keys = backend.getKeysAndNamespaces(name)) {
        keys.forEach(key -> left.add(name + " of " + key.f0));
      }
    }
    return left;
  }

  int timers() {
    return flinks.numEventTimeTimers();
  }

  @Override
  public void close() throws Exception {
    flinks.close();
  }
}
