package io.kappa.savepoints.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * Reads savepoints and retained checkpoints of any state backend where they lie, without a cluster.
 * Only what describes state is read, not the state: it takes as long for a gigabyte as for nothing.
 */
public final class SavepointReader {

  private static final Comparator<SavedOperator> BY_UID =
      Comparator.comparing((SavedOperator operator) -> operator.uid().orElse(operator.id()))
          .thenComparing(SavedOperator::id);

  private final ClassLoader classes;

  /**
   * @param classes has the classes of the job that wrote the savepoint
   */
  public SavepointReader(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * What is in a savepoint.
   *
   * @param directory the one that has the file {@code _metadata}
   * @throws UnreadableSavepointException if there is no savepoint, or part of it is missing
   */
  public Savepoint read(Path directory) {
    SavepointFile file = SavepointFile.in(directory, classes);
    List<SavedOperator> operators = new ArrayList<>();
    for (OperatorState operator : file.operators()) {
      operators.add(operator(directory, operator));
    }
    operators.sort(BY_UID);
    return new Savepoint(file.metadata().getCheckpointId(), offsets(file), List.copyOf(operators));
  }

  private SortedMap<String, SortedMap<Integer, Long>> offsets(SavepointFile file) {
    try {
      return Offsets.of(file.operators(), classes);
    } catch (IOException e) {
      throw new UnreadableSavepointException(
          "The offsets in %s can't be read: %s".formatted(file.directory(), e.getMessage()), e);
    }
  }

  private SavedOperator operator(Path directory, OperatorState operator) {
    try {
      return new SavedOperator(
          operator.getOperatorID().toHexString(),
          operator.getOperatorUid(),
          operator.getOperatorName(),
          operator.getParallelism(),
          operator.getMaxParallelism(),
          operator.getStateSize(),
          states(operator));
    } catch (IOException e) {
      throw new UnreadableSavepointException(
          "State of operator %s in %s can't be read: %s"
              .formatted(
                  operator.getOperatorName().orElse(operator.getOperatorID().toHexString()),
                  directory,
                  e.getMessage()),
          e);
    }
  }

  private List<SavedState> states(OperatorState operator) throws IOException {
    return new StateHeaders(classes)
        .of(operator).values().stream().map(StateHeader::inWords).toList();
  }
}
