package io.kappa.control.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionTest {

  @Test
  void aSubmissionCanBeTypedAsFlinksOwnCommand() {
    Submission submission =
        new Submission(
            Path.of("/a jar/kappa.jar"),
            List.of("activity-metrics", "--version", "1", "--kafka", "it's"),
            Map.of("pipeline.name", "activity-metrics-v1"),
            Optional.of("file:///chk-7"));

    assertThat(submission.commandLine())
        .isEqualTo(
            "flink run -d -s file:///chk-7 -D pipeline.name=activity-metrics-v1"
                + " '/a jar/kappa.jar' activity-metrics --version 1 --kafka 'it'\\''s'");
  }
}
