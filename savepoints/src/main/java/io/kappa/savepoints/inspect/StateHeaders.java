package io.kappa.savepoints.inspect;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle.StateMetaInfo;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;

/**
 * Reads what stands before the state of an operator's subtasks: names, kinds and types of its
 * states. Each subtask has them, so that any one that has state says it all; as one that never had
 * a key may lack some, all are read.
 */
final class StateHeaders {

  private final ClassLoader classes;

  StateHeaders(ClassLoader classes) {
    this.classes = classes;
  }

  /** The states of an operator, by name. */
  Map<String, StateHeader> of(OperatorState operator) throws IOException {
    Map<String, StateHeader> states = new TreeMap<>();
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (KeyedStateHandle keyed : subtask.getManagedKeyedState()) {
        addKeyed(keyed, states);
      }
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        addOperators(handle, states);
      }
    }
    return states;
  }

  private void addKeyed(KeyedStateHandle keyed, Map<String, StateHeader> states)
      throws IOException {
    KeyedBackendSerializationProxy<?> header = new KeyedBackendSerializationProxy<>(classes);
    try (FSDataInputStream in = header(keyed).openInputStream()) {
      header.read(view(in));
    }
    TypeSerializerSnapshot<?> key = header.getKeySerializerSnapshot();
    for (StateMetaInfoSnapshot state : header.getStateMetaInfoSnapshots()) {
      states.put(
          state.getName(),
          new StateHeader(
              state.getName(),
              kind(state),
              Optional.of(key),
              serializer(state, CommonSerializerKeys.NAMESPACE_SERIALIZER),
              serializer(state, CommonSerializerKeys.VALUE_SERIALIZER),
              OptionalLong.empty()));
    }
  }

  /** The file whose beginning is the header. */
  private static StreamStateHandle header(KeyedStateHandle keyed) throws IOException {
    if (keyed instanceof KeyGroupsStateHandle whole) {
      return whole.getDelegateStateHandle();
    }
    if (keyed instanceof IncrementalRemoteKeyedStateHandle incremental) {
      return incremental.getMetaDataStateHandle();
    }
    throw new IOException("its form, %s, isn't known".formatted(keyed.getClass().getSimpleName()));
  }

  private static StateKind kind(StateMetaInfoSnapshot state) {
    return switch (state.getBackendStateType()) {
      case PRIORITY_QUEUE -> StateKind.TIMERS;
      case OPERATOR ->
          state.getOption(CommonOptionsKeys.OPERATOR_STATE_DISTRIBUTION_MODE).equals("UNION")
              ? StateKind.OPERATOR_UNION
              : StateKind.OPERATOR_LIST;
      case BROADCAST -> StateKind.BROADCAST;
      default -> keyedKind(state.getOption(CommonOptionsKeys.KEYED_STATE_TYPE));
    };
  }

  private static StateKind keyedKind(String type) {
    return switch (StateDescriptor.Type.valueOf(type)) {
      case LIST -> StateKind.LIST;
      case MAP -> StateKind.MAP;
      case REDUCING -> StateKind.REDUCING;
      case AGGREGATING -> StateKind.AGGREGATING;
      default -> StateKind.VALUE;
    };
  }

  private void addOperators(OperatorStateHandle handle, Map<String, StateHeader> states)
      throws IOException {
    OperatorBackendSerializationProxy header = new OperatorBackendSerializationProxy(classes);
    try (FSDataInputStream in = handle.openInputStream()) {
      header.read(view(in));
    }
    for (StateMetaInfoSnapshot state : header.getOperatorStateMetaInfoSnapshots()) {
      StateMetaInfo where = handle.getStateNameToPartitionOffsets().get(state.getName());
      long elements = where == null ? 0 : where.getOffsets().length;
      states.merge(state.getName(), unkeyed(state, OptionalLong.of(elements)), StateHeader::and);
    }
    for (StateMetaInfoSnapshot state : header.getBroadcastStateMetaInfoSnapshots()) {
      states.put(state.getName(), unkeyed(state, OptionalLong.empty()));
    }
  }

  private static StateHeader unkeyed(StateMetaInfoSnapshot state, OptionalLong elements) {
    return new StateHeader(
        state.getName(),
        kind(state),
        serializer(state, CommonSerializerKeys.KEY_SERIALIZER),
        Optional.empty(),
        serializer(state, CommonSerializerKeys.VALUE_SERIALIZER),
        elements);
  }

  private static Optional<TypeSerializerSnapshot<?>> serializer(
      StateMetaInfoSnapshot state, CommonSerializerKeys which) {
    return Optional.ofNullable(state.getTypeSerializerSnapshot(which));
  }

  private static DataInputView view(FSDataInputStream in) {
    return new DataInputViewStreamWrapper(in);
  }
}
