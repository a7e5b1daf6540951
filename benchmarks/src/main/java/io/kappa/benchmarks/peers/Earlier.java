package io.kappa.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.benchmarks.BenchmarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What was measured another time, as it was left in a file.
 *
 * @param date the day
 */
record Earlier<R>(String date, List<R> runs) {

  /** What the benchmark of the peers left. */
  static Earlier<PeerRun> read(Path file) {
    return read(file, PeerRun[].class);
  }

  /**
   * @param kind what it left of each run
   * @throws BenchmarkException if the file isn't one of this benchmark's
   */
  static <R> Earlier<R> read(Path file, Class<R[]> kind) {
    ObjectMapper json = new ObjectMapper();
    try {
      JsonNode all = json.readTree(file.toFile());
      R[] runs = json.convertValue(all.path("runs"), kind);
      if (runs == null) {
        throw new BenchmarkException("There are no runs in " + file);
      }
      return new Earlier<>(all.path("date").asText(), Arrays.asList(runs));
    } catch (IOException | IllegalArgumentException e) {
      throw new BenchmarkException("%s can't be read".formatted(file), e);
    }
  }

  /** The same of a file that somebody named on the command line, who is told if it isn't one. */
  static <R> Earlier<R> given(CommandLine line, Path file, Class<R[]> kind) {
    try {
      return read(file, kind);
    } catch (BenchmarkException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }
}
