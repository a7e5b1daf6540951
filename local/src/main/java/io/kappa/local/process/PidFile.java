package io.kappa.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers which process was started; survives whoever started it. */
record PidFile(Path file) {

  void write(ProcessId process) {
    DurableFile.write(file, process.text());
  }

  Optional<ProcessId> read() {
    try {
      return ProcessId.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
