package io.kappa.savepoints.content;

import org.apache.flink.api.common.functions.AbstractRichFunction;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.state.api.input.operator.StateReaderOperator;
import org.apache.flink.state.api.runtime.SavepointRuntimeContext;
import org.apache.flink.util.CloseableIterator;

/** Goes through the entries of one state: its keys, each with all of its namespaces. */
abstract class EntryReader
    extends StateReaderOperator<EntryReader.Nothing, Object, Object, String> {

  private static final long serialVersionUID = 1L;

  /** Flink wants a function. */
  static final class Nothing extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;
  }

  protected final StateDescriptor<?, ?> state;

  EntryReader(
      KnownSerializer keyType, TypeSerializer<Object> namespaces, StateDescriptor<?, ?> state) {
    super(new Nothing(), keyType, namespaces);
    this.state = state;
  }

  /** Whether a key's entries are to be read. */
  abstract boolean isWanted(Object key);

  @Override
  public final CloseableIterator<Tuple2<Object, Object>> getKeysAndNamespaces(
      SavepointRuntimeContext context) throws Exception {
    getKeyedStateBackend().getOrCreateKeyedState(namespaceSerializer, state);
    return CloseableIterator.fromList(
        getKeyedStateBackend()
            .<Object>getKeysAndNamespaces(state.getName())
            .filter(each -> isWanted(each.f0))
            .toList(),
        each -> {});
  }
}
