package io.kappa.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.Identifier;
import io.kappa.control.status.JobStatus.VersionStatus;
import io.kappa.control.version.EngineState;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Tally;
import io.kappa.control.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusJsonTest {

  private static final Identifier JOB = new Identifier("m");

  private static VersionStatus version(
      OptionalLong lag, Optional<Instant> committedAt, Optional<String> failure) {
    return new VersionStatus(
        new VersionName(JOB, 1),
        failure.isPresent() ? Phase.FAILED : Phase.LIVE,
        failure.isPresent() ? EngineState.FAILED : EngineState.RUNNING,
        Frontier.of(Map.of("activity", Map.of(0, 0L, 10, 0L))),
        Frontier.of(Map.of("activity", Map.of(0, 7L, 10, 9L))),
        lag,
        committedAt,
        new Tally(10, 3, 2, 1),
        failure,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  @Test
  void aJobIsAnObjectWithItsVersions() {
    JobStatus job =
        new JobStatus(
            JOB,
            OptionalInt.of(1),
            List.of(
                version(
                    OptionalLong.of(4),
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                    Optional.empty())));

    assertThat(StatusJson.of(List.of(job)).toString())
        .isEqualTo(
            "[{\"job\":\"m\",\"live\":1,\"versions\":[{\"version\":1,\"phase\":\"LIVE\","
                + "\"frontier\":{\"activity\":{\"0\":7,\"10\":9}},\"lag\":4,"
                + "\"committedAt\":\"2026-01-01T00:00:00Z\",\"applied\":10,\"filtered\":3,"
                + "\"quarantined\":2,\"failure\":null,\"state\":\"RUNNING\","
                + "\"restarting\":null,\"truncated\":false,\"upgrade\":null}]}]");
  }

  @Test
  void whatIsNotKnownIsNull() {
    JobStatus job =
        new JobStatus(
            JOB,
            OptionalInt.empty(),
            List.of(version(OptionalLong.empty(), Optional.empty(), Optional.of("gone"))));

    assertThat(StatusJson.of(List.of(job)).toString())
        .isEqualTo(
            "[{\"job\":\"m\",\"live\":null,\"versions\":[{\"version\":1,\"phase\":\"FAILED\","
                + "\"frontier\":{\"activity\":{\"0\":7,\"10\":9}},\"lag\":null,"
                + "\"committedAt\":null,\"applied\":10,\"filtered\":3,"
                + "\"quarantined\":2,\"failure\":\"gone\",\"state\":\"FAILED\","
                + "\"restarting\":null,\"truncated\":false,\"upgrade\":null}]}]");
  }
}
