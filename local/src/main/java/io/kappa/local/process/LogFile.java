package io.kappa.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process has written. */
final class LogFile {

  private LogFile() {}

  /** The last line that isn't blank and has one of the words in it, if there is one. */
  static Optional<String> lastLine(Path file, String... words) {
    // Any byte is a character of this set: what a process writes need not be text.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty() && Stream.of(words).anyMatch(line::contains))
          .reduce((before, after) -> after);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
