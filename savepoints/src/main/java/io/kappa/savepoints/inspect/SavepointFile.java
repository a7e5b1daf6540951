package io.kappa.savepoints.inspect;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/** The file with which a savepoint begins. */
record SavepointFile(Path directory, CheckpointMetadata metadata) {

  private static final String METADATA = "_metadata";

  /**
   * Reads it.
   *
   * @throws UnreadableSavepointException if there is none, or it is broken
   */
  static SavepointFile in(Path directory, ClassLoader classes) {
    Path file = directory.resolve(METADATA);
    if (!Files.isRegularFile(file)) {
      throw new UnreadableSavepointException(
          "%s is no savepoint: it has no file %s".formatted(directory, METADATA), null);
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new SavepointFile(
          directory, Checkpoints.loadCheckpointMetadata(in, classes, directory.toUri().toString()));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableSavepointException(
          "%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  Collection<OperatorState> operators() {
    return metadata.getOperatorStates();
  }
}
