package io.kappa.control.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunProfileTest {

  @ParameterizedTest
  @CsvSource({"500ms, 10s", "1s, 10s", "10000ms, 10s", "11s, 11s", "1m, 1m"})
  void whileThereIsNothingToReadCheckpointsAreNoLessRare(String interval, String quiet) {
    assertThat(new RunProfile(OptionalInt.empty(), "rocksdb", interval).rareCheckpointInterval())
        .isEqualTo(quiet);
  }
}
