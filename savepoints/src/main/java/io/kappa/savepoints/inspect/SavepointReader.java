package io.kappa.savepoints.inspect;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * Reads savepoints and retained checkpoints of any state backend where they lie, without a cluster.
 * Only what describes state is read, not the state: it takes as long for a gigabyte as for nothing.
 */
public final class SavepointReader {

  private static final String METADATA = "_metadata";
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
    CheckpointMetadata metadata = metadata(directory);
    List<SavedOperator> operators = new ArrayList<>();
    for (OperatorState operator : metadata.getOperatorStates()) {
      operators.add(operator(directory, operator));
    }
    operators.sort(BY_UID);
    return new Savepoint(metadata.getCheckpointId(), List.copyOf(operators));
  }

  private CheckpointMetadata metadata(Path directory) {
    Path file = directory.resolve(METADATA);
    if (!Files.isRegularFile(file)) {
      throw new UnreadableSavepointException(
          "%s is no savepoint: it has no file %s".formatted(directory, METADATA), null);
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return Checkpoints.loadCheckpointMetadata(in, classes, directory.toUri().toString());
    } catch (IOException | RuntimeException e) {
      throw new UnreadableSavepointException(
          "%s can't be read: %s".formatted(file, e.getMessage()), e);
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
          new StateHeaders(classes).of(operator));
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
}
