package io.kappa.jobs.recommendations;

import io.kappa.common.event.Activity;
import io.kappa.common.job.Change;
import io.kappa.common.table.Table;
import io.kappa.jobs.script.CollectedOutput;
import io.kappa.jobs.script.LastRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The operators of the job, one behind the other and fed by hand, with object reuse and without
 * Kryo. A barrier goes through all of them; one alone can be made to close what it holds open, as
 * it does with too much.
 */
final class JobHarness implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  private final Map<String, Stage<?>> stages = new LinkedHashMap<>();
  private final List<Change<SimilarItem>> similar = new ArrayList<>();
  private final List<Change<UserRecommendation>> recommended = new ArrayList<>();
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, ItemShare, ItemSize, Change<SimilarItem>>
      similarItems;
  private final Predicate<Object> passes;
  private long barriers;

  private JobHarness(Bounds bounds, StateBackend backend, Predicate<Object> passes)
      throws Exception {
    this.passes = passes;
    add("audiences", backend, keyed(new Audiences(bounds), Interest::itemId));
    add("histories", backend, keyed(new Histories(bounds), Visit::userId));
    similarItems =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new SimilarItems(bounds), ItemShare::itemId, null, Types.STRING, MAX_PARALLELISM, 1, 0);
    add("similar", backend, similarItems);
    add("users", backend, keyed(new UserRecommendations(bounds), UserShare::address));
  }

  private static <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> keyed(
      OneInputStreamOperator<I, O> operator, KeySelector<I, String> key) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        operator, key, Types.STRING, MAX_PARALLELISM, 1, 0);
  }

  private <O> void add(
      String name, StateBackend backend, AbstractStreamOperatorTestHarness<O> flinks) {
    stages.put(name, new Stage<>(flinks, backend));
  }

  static JobHarness begin(Bounds bounds, StateBackend backend) throws Exception {
    return begin(bounds, backend, sent -> true);
  }

  /** A job that loses what it sends on, unless it passes. */
  static JobHarness begin(Bounds bounds, StateBackend backend, Predicate<Object> passes)
      throws Exception {
    return restore(bounds, backend, passes, Map.of());
  }

  /** Goes on from a savepoint, with the tables as the job before left them. */
  static JobHarness restore(
      Bounds bounds,
      StateBackend backend,
      Map<String, OperatorSubtaskState> savepoint,
      JobHarness before)
      throws Exception {
    JobHarness harness = restore(bounds, backend, sent -> true, savepoint);
    harness.similar.addAll(before.similar);
    harness.recommended.addAll(before.recommended);
    return harness;
  }

  private static JobHarness restore(
      Bounds bounds,
      StateBackend backend,
      Predicate<Object> passes,
      Map<String, OperatorSubtaskState> savepoint)
      throws Exception {
    JobHarness harness = new JobHarness(bounds, backend, passes);
    for (Map.Entry<String, Stage<?>> stage : harness.stages.entrySet()) {
      stage.getValue().open(savepoint.get(stage.getKey()));
    }
    return harness;
  }

  JobHarness give(Activity event) throws Exception {
    give("audiences", Interest.of(event));
    passOn();
    return this;
  }

  /** Makes one operator close what it holds open. */
  void close(String stage) throws Exception {
    stages.get(stage).barrier(++barriers);
    passOn();
  }

  /** A barrier goes through the whole job. */
  void barrier() throws Exception {
    for (String stage : stages.keySet()) {
      close(stage);
    }
  }

  void watermark(long at) throws Exception {
    for (Stage<?> stage : stages.values()) {
      stage.watermark(at);
    }
  }

  /** Canonical savepoints, as they move from one state backend to another. */
  Map<String, OperatorSubtaskState> savepoint() throws Exception {
    barrier();
    Map<String, OperatorSubtaskState> all = new LinkedHashMap<>();
    for (Map.Entry<String, Stage<?>> stage : stages.entrySet()) {
      all.put(stage.getKey(), stage.getValue().savepoint(barriers));
    }
    return all;
  }

  /** Brings what was sent to those who get it, until there's nothing more. */
  private void passOn() throws Exception {
    for (Stage<?> stage : stages.values()) {
      for (Object sent : stage.fresh()) {
        if (passes.test(sent)) {
          passOn(sent);
        }
      }
    }
  }

  private void passOn(Object sent) throws Exception {
    if (sent instanceof Visit visit) {
      give("histories", visit);
    } else if (sent instanceof ItemSize size) {
      similarItems.processElement2(new StreamRecord<>(size));
    } else if (sent instanceof ItemShare share) {
      similarItems.processElement1(new StreamRecord<>(share));
    } else if (sent instanceof UserShare share) {
      give("users", share);
    } else if (sent instanceof Change<?> change) {
      keep(change);
    }
  }

  @SuppressWarnings("unchecked") // the stage of that name takes these
  private <I> void give(String stage, I element) throws Exception {
    ((KeyedOneInputStreamOperatorTestHarness<String, I, ?>) stages.get(stage).flinks)
        .processElement(new StreamRecord<>(element));
  }

  private void keep(Change<?> change) {
    if (change.row() instanceof SimilarItem row) {
      similar.add(new Change<>(change.deleted(), row));
    } else if (change.row() instanceof UserRecommendation row) {
      recommended.add(new Change<>(change.deleted(), row));
    }
  }

  /** The tables, as the oracle gives them. */
  Map<String, Map<List<Object>, List<Object>>> tables() {
    return Map.of(
        "similar_items", LastRows.of(SimilarItem.TABLE, similar),
        "user_recommendations", LastRows.of(UserRecommendation.TABLE, recommended));
  }

  List<List<Object>> rows(Table<?> table) {
    return List.copyOf(tables().get(table.name()).values());
  }

  List<Change<SimilarItem>> similarChanges() {
    return List.copyOf(similar);
  }

  List<Change<UserRecommendation>> recommendedChanges() {
    return List.copyOf(recommended);
  }

  /** How many keys and states each operator holds; on the heap backend only. */
  Map<String, Integer> stateEntries() {
    Map<String, Integer> entries = new LinkedHashMap<>();
    stages.forEach(
        (name, stage) ->
            entries.put(
                name, ((HeapKeyedStateBackend<?>) stage.backend()).numKeyValueStateEntries()));
    return entries;
  }

  /** By state, how many cells that key has that has the most; none where no key has state. */
  Map<String, Integer> largest() throws Exception {
    Map<String, Integer> largest = new LinkedHashMap<>();
    largest.put("audiences", largest("audiences", "audiences", Cells.class, Cells::size));
    largest.put(
        "histories", largest("histories", "histories", History.class, user -> user.items().size()));
    largest.put("together", largest("similar", "together", Cells.class, Cells::size));
    largest.put("lists", largest("similar", "lists", SimilarList.class, list -> list.ids().length));
    largest.put("followers", largest("similar", "followers", Cells.class, Cells::size));
    largest.put("sums", largest("users", "sums", Cells.class, Cells::size));
    return largest;
  }

  private <T> int largest(String stage, String state, Class<T> type, ToIntFunction<T> size)
      throws Exception {
    KeyedStateBackend<String> backend = stages.get(stage).backend();
    ValueState<T> values =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(state, TypeInformation.of(type)));
    List<String> keys;
    try (Stream<String> all = backend.getKeys(state, VoidNamespace.INSTANCE)) {
      keys = all.toList();
    }
    int largest = 0;
    for (String key : keys) {
      backend.setCurrentKey(key);
      largest = Math.max(largest, size.applyAsInt(values.value()));
    }
    return largest;
  }

  int timers() {
    return stages.values().stream()
        .mapToInt(
            stage -> stage.flinks.numEventTimeTimers() + stage.flinks.numProcessingTimeTimers())
        .sum();
  }

  @Override
  public void close() throws Exception {
    for (Stage<?> stage : stages.values()) {
      stage.flinks.close();
    }
  }

  /** One operator, and what it sent. */
  private static final class Stage<O> {

    private final AbstractStreamOperatorTestHarness<O> flinks;
    private final CollectedOutput<O> output = new CollectedOutput<>();
    private int seen;

    Stage(AbstractStreamOperatorTestHarness<O> flinks, StateBackend backend) {
      this.flinks = flinks;
      flinks.setOutputCreator(serializer -> output);
      flinks.setStateBackend(backend);
      flinks.getExecutionConfig().enableObjectReuse();
      ((SerializerConfigImpl) flinks.getExecutionConfig().getSerializerConfig())
          .setGenericTypes(false);
    }

    void open(OperatorSubtaskState state) throws Exception {
      if (state != null) {
        flinks.initializeState(state);
      }
      flinks.open();
    }

    void barrier(long number) throws Exception {
      flinks.prepareSnapshotPreBarrier(number);
    }

    void watermark(long at) throws Exception {
      Watermark watermark = new Watermark(at);
      if (flinks instanceof KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> two) {
        two.processWatermark1(watermark);
        two.processWatermark2(watermark);
      } else if (flinks instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one) {
        one.processWatermark(watermark);
      }
    }

    KeyedStateBackend<String> backend() {
      return ((AbstractStreamOperator<?>) flinks.getOperator()).getKeyedStateBackend();
    }

    OperatorSubtaskState savepoint(long number) throws Exception {
      return flinks
          .snapshotWithLocalState(number, 0, SavepointType.savepoint(SavepointFormatType.CANONICAL))
          .getJobManagerOwnedState();
    }

    List<Object> fresh() {
      List<Object> sent = output.sent();
      List<Object> fresh = sent.subList(seen, sent.size());
      seen = sent.size();
      return fresh;
    }
  }
}
