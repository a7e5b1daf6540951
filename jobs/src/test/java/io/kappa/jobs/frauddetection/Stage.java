package io.kappa.jobs.frauddetection;

import io.kappa.jobs.script.RoutedOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One operator of the job, fed by hand, with object reuse and without Kryo. */
final class Stage implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  private final AbstractStreamOperatorTestHarness<?> flinks;
  private final Feed feed;
  private final Map<String, Long> marks = new HashMap<>();
  private long mark = Long.MIN_VALUE;

  /** How the operator is given something. */
  private interface Feed {
    void give(Object element) throws Exception;

    void watermark(long at) throws Exception;
  }

  private Stage(AbstractStreamOperatorTestHarness<?> flinks, Feed feed) {
    this.flinks = flinks;
    this.feed = feed;
  }

  /** A stage that gets rules in every subtask, besides what is keyed. */
  static <E> Stage of(Watch<E> operator, Class<E> element, KeySelector<E, String> key)
      throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, E, io.kappa.common.event.Rule, Verdict> flinks =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, key, null, Types.STRING, MAX_PARALLELISM, 1, 0);
    return new Stage(
        flinks,
        new Feed() {
          @Override
          public void give(Object given) throws Exception {
            if (given instanceof io.kappa.common.event.Rule rule) {
              flinks.processElement2(new StreamRecord<>(rule));
            } else {
              flinks.processElement1(new StreamRecord<>(element.cast(given)));
            }
          }

          @Override
          public void watermark(long at) throws Exception {
            flinks.processBothWatermarks(
                new org.apache.flink.streaming.api.watermark.Watermark(at));
          }
        });
  }

  static <E, O> Stage of(
      KeyedProcessFunction<String, E, O> function, Class<E> element, KeySelector<E, String> key)
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, E, O> flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), key, Types.STRING, MAX_PARALLELISM, 1, 0);
    return new Stage(
        flinks,
        new Feed() {
          @Override
          public void give(Object given) throws Exception {
            flinks.processElement(new StreamRecord<>(element.cast(given)));
          }

          @Override
          public void watermark(long at) throws Exception {
            flinks.processWatermark(at);
          }
        });
  }

  void open(StateBackend backend, OperatorSubtaskState state, BiConsumer<String, Object> route)
      throws Exception {
    setOutput(flinks, route);
    flinks.setStateBackend(backend);
    flinks.getExecutionConfig().enableObjectReuse();
    ((SerializerConfigImpl) flinks.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    if (state != null) {
      flinks.initializeState(state);
    }
    flinks.open();
  }

  private static <O> void setOutput(
      AbstractStreamOperatorTestHarness<O> flinks, BiConsumer<String, Object> route) {
    flinks.setOutputCreator(serializer -> new RoutedOutput<>(route));
  }

  /** Says from whom watermarks come; the least of them counts. */
  void listensTo(String edge) {
    marks.put(edge, Long.MIN_VALUE);
  }

  void give(Object element) throws Exception {
    feed.give(element);
  }

  void watermark(String edge, long at) throws Exception {
    marks.put(edge, at);
    long least = marks.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    if (least > mark) {
      mark = least;
      feed.watermark(least);
    }
  }

  void barrier() throws Exception {
    flinks.prepareSnapshotPreBarrier(1);
  }

  /** A canonical savepoint, as it moves from one state backend to another. */
  OperatorSubtaskState savepoint() throws Exception {
    return flinks
        .snapshotWithLocalState(1, 0, SavepointType.savepoint(SavepointFormatType.CANONICAL))
        .getJobManagerOwnedState();
  }

  int timers() {
    return flinks.numEventTimeTimers() + flinks.numProcessingTimeTimers();
  }

  /** Which of these states there is, and of whom. */
  Set<String> left(String... states) throws Exception {
    KeyedStateBackend<String> backend =
        ((org.apache.flink.streaming.api.operators.AbstractStreamOperator<?>) flinks.getOperator())
            .getKeyedStateBackend();
    Set<String> left = new TreeSet<>();
    for (String state : states) {
      try (Stream<String> keys = backend.getKeys(state, VoidNamespace.INSTANCE)) {
        keys.forEach(key -> left.add(state + " of " + key));
      }
    }
    return left;
  }

  @Override
  public void close() throws Exception {
    flinks.close();
  }
}
