package io.kappa.savepoints.content;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.Collector;

/** Says of each entry of a state whether it is the first of its key. */
final class KeyCounter extends EntryReader {

  static final String FIRST_OF_KEY = "first";

  /** Another entry of a key, in another namespace. */
  static final String ANOTHER = "another";

  private static final long serialVersionUID = 1L;

  private transient Set<Object> seen;

  KeyCounter(
      KnownSerializer keyType, TypeSerializer<Object> namespaces, StateDescriptor<?, ?> state) {
    super(keyType, namespaces, state);
  }

  @Override
  boolean isWanted(Object key) {
    return true;
  }

  @Override
  public void processElement(Object key, Object namespace, Collector<String> out) {
    if (seen == null) {
      seen = new HashSet<>();
    }
    out.collect(seen.add(key) ? FIRST_OF_KEY : ANOTHER);
  }
}
