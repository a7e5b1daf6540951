package io.kappa.savepoints.inspect;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle.StateMetaInfo;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;

/** How far the log had been read, from what the intake of each topic keeps. */
final class Offsets {

  private static final String INTAKE = "intake-";
  private static final String STATE = "partitions";

  private final ClassLoader classes;
  private final SortedMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();

  private Offsets(ClassLoader classes) {
    this.classes = classes;
  }

  /** Topic -> partition -> the next offset; empty where no operator is an intake. */
  static SortedMap<String, SortedMap<Integer, Long>> of(
      Collection<OperatorState> operators, ClassLoader classes) throws IOException {
    Offsets offsets = new Offsets(classes);
    for (OperatorState operator : operators) {
      String uid = operator.getOperatorUid().orElse("");
      if (uid.startsWith(INTAKE)) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            offsets.read(uid.substring(INTAKE.length()), handle);
          }
        }
      }
    }
    return Collections.unmodifiableSortedMap(offsets.offsets);
  }

  private void read(String topic, OperatorStateHandle handle) throws IOException {
    StateMetaInfo where = handle.getStateNameToPartitionOffsets().get(STATE);
    if (where == null) {
      return;
    }
    try (FSDataInputStream in = handle.openInputStream()) {
      DataInputViewStreamWrapper view = new DataInputViewStreamWrapper(in);
      OperatorBackendSerializationProxy header = new OperatorBackendSerializationProxy(classes);
      header.read(view);
      TypeSerializer<?> serializer =
          header.getOperatorStateMetaInfoSnapshots().stream()
              .filter(state -> state.getName().equals(STATE))
              .findFirst()
              .map(Offsets::serializer)
              .orElseThrow(() -> new IOException("state %s isn't described".formatted(STATE)));
      for (long offset : where.getOffsets()) {
        in.seek(offset);
        put(topic, serializer.deserialize(view));
      }
    }
  }

  private static TypeSerializer<?> serializer(StateMetaInfoSnapshot state) {
    return state
        .getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER)
        .restoreSerializer();
  }

  /** Of a class of the job's jar, which nobody here knows. */
  private void put(String topic, Object partition) throws IOException {
    try {
      int number = partition.getClass().getField("partition").getInt(partition);
      long next = partition.getClass().getField("next").getLong(partition);
      offsets.computeIfAbsent(topic, name -> new TreeMap<>()).merge(number, next, Long::max);
    } catch (ReflectiveOperationException e) {
      throw new IOException("%s says no offset".formatted(partition.getClass().getName()), e);
    }
  }
}
