package io.kappa.savepoints.content;

import io.kappa.savepoints.inspect.KeyedStates;
import io.kappa.savepoints.inspect.KeyedStates.KeyedState;
import io.kappa.savepoints.inspect.StateKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.state.api.input.KeyedStateInputFormat;
import org.apache.flink.state.api.input.SourceBuilder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Says what one state of a savepoint or retained checkpoint holds for one key. It is a program of
 * its own, run with the jar of the job that wrote the savepoint.
 */
public final class StateContent {

  private static final int WITHOUT_KEY = 3;

  private StateContent() {}

  /**
   * Prints a line of JSON for each namespace that the state has for the key, or one that says how
   * many keys there are; or why it can't be read, and exits with 1.
   *
   * @param args the savepoint's directory, the operator's uid, the state, the key as text; without
   *     the key, keys are counted
   */
  @SuppressWarnings("SystemOut") // It is a program.
  public static void main(String[] args) {
    try {
      Path savepoint = Path.of(args[0]);
      if (args.length == WITHOUT_KEY) {
        System.out.println(keys(savepoint, args[1], args[2]));
      } else {
        of(savepoint, args[1], args[2], args[3]).forEach(System.out::println);
      }
      System.out.flush();
      System.exit(0);
    } catch (Exception | LinkageError e) {
      Throwable last = e;
      while (last.getCause() != null) {
        last = last.getCause();
      }
      e.printStackTrace(System.out);
      System.out.println(last.getMessage());
      System.out.flush();
      System.exit(1);
    }
  }

  /**
   * What a state holds for a key: a JSON object for each namespace.
   *
   * @param key the key as text
   * @throws io.kappa.savepoints.inspect.UnreadableSavepointException if there is no such savepoint,
   *     operator or state
   */
  public static List<String> of(Path savepoint, String uid, String state, String key)
      throws Exception {
    KeyedState keyed = keyed(savepoint, uid, state);
    List<String> found = new ArrayList<>();
    read(
        keyed,
        new ContentReader(
            new KnownSerializer(any(keyed.key())),
            any(keyed.namespace()),
            descriptor(keyed, state),
            key),
        found::add);
    return found;
  }

  /**
   * For how many keys a state holds something: a JSON object, with the number of entries beside it
   * where a key may have several. All keys are held in memory for that.
   *
   * @throws io.kappa.savepoints.inspect.UnreadableSavepointException if there is no such savepoint,
   *     operator or state
   */
  public static String keys(Path savepoint, String uid, String state) throws Exception {
    KeyedState keyed = keyed(savepoint, uid, state);
    Map<String, Long> seen = new HashMap<>();
    read(
        keyed,
        new KeyCounter(
            new KnownSerializer(any(keyed.key())),
            any(keyed.namespace()),
            descriptor(keyed, state)),
        entry -> seen.merge(entry, 1L, Long::sum));
    long keys = seen.getOrDefault(KeyCounter.FIRST_OF_KEY, 0L);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("keys", keys);
    counts.put("entries", keys + seen.getOrDefault(KeyCounter.ANOTHER, 0L));
    return ContentJson.of(counts);
  }

  private static KeyedState keyed(Path savepoint, String uid, String state) {
    return new KeyedStates(Thread.currentThread().getContextClassLoader())
        .of(savepoint, uid, state);
  }

  private static void read(KeyedState keyed, EntryReader reader, Consumer<String> found)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, backend(keyed));
    StateBackend backend =
        StateBackendLoader.loadStateBackendFromConfig(
            settings, Thread.currentThread().getContextClassLoader(), null);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    KeyedStateInputFormat<Object, Object, String> format =
        new KeyedStateInputFormat<>(keyed.operator(), backend, settings, reader, env.getConfig());
    try (CloseableIterator<String> all =
        SourceBuilder.fromFormat(env, format, Types.STRING).executeAndCollect("state content")) {
      all.forEachRemaining(found);
    }
  }

  /** What RocksDB wrote for itself, it alone can read; anything else any backend. */
  private static String backend(KeyedState keyed) {
    boolean isRocksDb =
        keyed.operator().getStates().stream()
            .flatMap(subtask -> subtask.getManagedKeyedState().stream())
            .anyMatch(IncrementalRemoteKeyedStateHandle.class::isInstance);
    return isRocksDb ? "rocksdb" : "hashmap";
  }

  private static StateDescriptor<?, ?> descriptor(KeyedState keyed, String state) {
    if (keyed.kind() == StateKind.LIST) {
      return new ListStateDescriptor<>(
          state, ((ListSerializer<?>) keyed.value()).getElementSerializer());
    }
    if (keyed.kind() == StateKind.MAP) {
      MapSerializer<?, ?> map = (MapSerializer<?, ?>) keyed.value();
      return new MapStateDescriptor<>(state, map.getKeySerializer(), map.getValueSerializer());
    }
    return new ValueStateDescriptor<>(state, keyed.value());
  }

  @SuppressWarnings("unchecked") // What is read with it is only ever printed.
  private static TypeSerializer<Object> any(TypeSerializer<?> serializer) {
    return (TypeSerializer<Object>) serializer;
  }
}
