package io.kappa.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that was measured.
 *
 * @param throughput one a repetition
 * @param missing what was to be measured and wasn't, and why; a sentence each
 */
record Results(
    LocalDate date,
    Machine machine,
    List<ThroughputRun> throughput,
    List<LatencyRun> latency,
    List<RecoveryRun> recovery,
    List<String> missing) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** As JSON, a measurement a line. */
  String json() {
    return """
        {"date": "%s",
        "machine": %s,
        "throughput": [%s],
        "latency": [%s],
        "recovery": [%s],
        "missing": %s}
        """
        .formatted(
            date, line(machine), lines(throughput), lines(latency), lines(recovery), line(missing));
  }

  private static String lines(List<?> values) {
    return values.stream().map(Results::line).collect(Collectors.joining(",\n", "\n", ""));
  }

  private static String line(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers and text are always JSON", e);
    }
  }
}
