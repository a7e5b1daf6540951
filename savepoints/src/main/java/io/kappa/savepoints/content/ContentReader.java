package io.kappa.savepoints.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.util.Collector;

/** Gives as JSON what a state holds for one key, in each of its namespaces. */
final class ContentReader extends EntryReader {

  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * @param key the key as text
   */
  ContentReader(
      KnownSerializer keyType,
      TypeSerializer<Object> namespaces,
      StateDescriptor<?, ?> state,
      String key) {
    super(keyType, namespaces, state);
    this.key = key;
  }

  @Override
  boolean isWanted(Object candidate) {
    return String.valueOf(candidate).equals(key);
  }

  @Override
  public void processElement(Object found, Object namespace, Collector<String> out)
      throws Exception {
    State held = getKeyedStateBackend().getPartitionedState(namespace, namespaceSerializer, state);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("key", found);
    if (!(namespace instanceof VoidNamespace)) {
      facts.put("namespace", namespace);
    }
    facts.put("value", value(held));
    out.collect(ContentJson.of(facts));
  }

  private static Object value(State held) throws Exception {
    if (held instanceof ValueState<?> one) {
      return one.value();
    }
    if (held instanceof ListState<?> list) {
      List<Object> elements = new ArrayList<>();
      list.get().forEach(elements::add);
      return elements;
    }
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Map.Entry<?, ?> entry : ((MapState<?, ?>) held).entries()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("key", entry.getKey());
      facts.put("value", entry.getValue());
      entries.add(facts);
    }
    return entries;
  }
}
