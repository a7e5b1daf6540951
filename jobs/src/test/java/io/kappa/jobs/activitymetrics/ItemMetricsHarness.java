package io.kappa.jobs.activitymetrics;

import io.kappa.common.job.Change;
import io.kappa.jobs.script.CollectedOutput;
import io.kappa.jobs.script.LastRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** {@link ItemMetrics} alone, fed by hand, with object reuse and without Kryo. */
final class ItemMetricsHarness implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  private static final MapStateDescriptor<Integer, byte[]> BUCKETS =
      new MapStateDescriptor<>(
          "event-keys", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final KeyedOneInputStreamOperatorTestHarness<String, ItemEvent, Change<ItemHourly>>
      flinks;
  private final CollectedOutput<Change<ItemHourly>> output = new CollectedOutput<>();
  private long barriers;

  private ItemMetricsHarness(StateBackend backend) throws Exception {
    flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ItemMetrics(), ItemEvent::itemId, Types.STRING, MAX_PARALLELISM, 1, 0);
    flinks.setOutputCreator(serializer -> output);
    flinks.setStateBackend(backend);
    flinks.getExecutionConfig().enableObjectReuse();
    ((SerializerConfigImpl) flinks.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
  }

  static ItemMetricsHarness begin(StateBackend backend) throws Exception {
    ItemMetricsHarness harness = new ItemMetricsHarness(backend);
    harness.flinks.open();
    return harness;
  }

  static ItemMetricsHarness restore(StateBackend backend, OperatorSubtaskState state)
      throws Exception {
    ItemMetricsHarness harness = new ItemMetricsHarness(backend);
    harness.flinks.initializeState(state);
    harness.flinks.open();
    return harness;
  }

  ItemMetricsHarness give(ActivityBuilder... events) throws Exception {
    for (ActivityBuilder event : events) {
      flinks.processElement(new StreamRecord<>(ItemEvent.of(event.build()), event.at()));
    }
    return this;
  }

  void watermark(long at) throws Exception {
    flinks.processWatermark(at);
  }

  void barrier() throws Exception {
    flinks.prepareSnapshotPreBarrier(++barriers);
  }

  /** A canonical savepoint, as it moves from one state backend to another. */
  OperatorSubtaskState savepoint() throws Exception {
    barrier();
    return flinks
        .snapshotWithLocalState(barriers, 0, SavepointType.savepoint(SavepointFormatType.CANONICAL))
        .getJobManagerOwnedState();
  }

  /** Which state there is under any hour, as "state of item". */
  Set<String> stateOfHours() {
    KeyedStateBackend<String> backend = flinks.getOperator().getKeyedStateBackend();
    Set<String> left = new TreeSet<>();
    for (String name : List.of("open-hours", "event-keys")) {
      try (Stream<Tuple2<String, Integer>> keys = backend.getKeysAndNamespaces(name)) {
        keys.forEach(key -> left.add(name + " of " + key.f0));
      }
    }
    return left;
  }

  /** The keys in each bucket of an item's hour. */
  List<List<EventKey>> buckets(String item, int hour) throws Exception {
    KeyedStateBackend<String> backend = flinks.getOperator().getKeyedStateBackend();
    backend.setCurrentKey(item);
    List<List<EventKey>> buckets = new ArrayList<>();
    for (byte[] bytes :
        backend.getPartitionedState(hour, IntSerializer.INSTANCE, BUCKETS).values()) {
      List<EventKey> keys = new ArrayList<>();
      new KeyList(bytes).forEach(keys::add);
      buckets.add(keys);
    }
    return buckets;
  }

  int timers() {
    return flinks.numEventTimeTimers();
  }

  List<Change<ItemHourly>> hourlyChanges() {
    return changes(ItemHourly.class);
  }

  Map<List<Object>, List<Object>> hourly() {
    return LastRows.of(ItemHourly.TABLE, hourlyChanges());
  }

  Map<List<Object>, List<Object>> totals() {
    return LastRows.of(ItemTotal.TABLE, changes(ItemTotal.class));
  }

  List<CountryHourly> shares() {
    return output().stream()
        .filter(CountryHourly.class::isInstance)
        .map(CountryHourly.class::cast)
        .toList();
  }

  /** All that was sent, to any output, and the watermarks between. */
  List<Object> output() {
    return output.sent();
  }

  private <R> List<Change<R>> changes(Class<R> row) {
    return output().stream()
        .filter(each -> each instanceof Change<?> change && row.isInstance(change.row()))
        .map(change -> Change.upsert(row.cast(((Change<?>) change).row())))
        .toList();
  }

  @Override
  public void close() throws Exception {
    flinks.close();
  }
}
