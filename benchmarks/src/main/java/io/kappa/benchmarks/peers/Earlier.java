package io.kappa.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.benchmarks.BenchmarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What was measured another time, as it was left in a file.
 *
 * @param date the day
 */
record Earlier(String date, List<PeerRun> runs) {

  /**
   * @throws BenchmarkException if the file isn't one of this benchmark's
   */
  static Earlier read(Path file) {
    ObjectMapper json = new ObjectMapper();
    try {
      JsonNode all = json.readTree(file.toFile());
      PeerRun[] runs = json.convertValue(all.path("runs"), PeerRun[].class);
      if (runs == null) {
        throw new BenchmarkException("There are no runs in " + file);
      }
      return new Earlier(all.path("date").asText(), Arrays.asList(runs));
    } catch (IOException | IllegalArgumentException e) {
      throw new BenchmarkException("%s can't be read".formatted(file), e);
    }
  }
}
