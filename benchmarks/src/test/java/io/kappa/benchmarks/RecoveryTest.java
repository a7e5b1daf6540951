package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import io.kappa.local.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  private static final long S = 1_000_000_000;

  /** A hundred a second, from 0 on. */
  private final SentEvents sent = new SentEvents(0, 100, 20_000);

  private final List<Sighting> sightings = new ArrayList<>();

  @Test
  void theFirstNewCommitEndsTheSilenceAndIsNotYetCaughtUp() {
    IntStream.rangeClosed(1, 10).forEach(second -> sight(second, second * 100L - 50));
    sight(10.3, 1_000); // was under way when the process was killed at 10.1 s
    sight(22, 1_200);
    sight(23, 1_900);
    sight(24, 2_210);
    sight(25, 2_450);
    sight(200, 20_000);

    RecoveryRun run = Recovery.of(Part.TASKMANAGER, 100, 10 * S + S / 10, sent, sightings);

    assertThat(run.firstCommit()).isEqualTo(11.9);
    assertThat(run.caughtUp()).isEqualTo(13.9);
  }

  @Test
  void whoDoesNotCatchUpBeforeTheNextKillHasNoFigure() {
    IntStream.rangeClosed(11, 80).forEach(second -> sight(second, second * 10L));

    assertThatThrownBy(() -> Recovery.of(Part.JOBMANAGER, 100, 10 * S, sent, sightings))
        .hasMessage("It wasn't caught up 60 s after the jobmanager was killed");
  }

  private void sight(double seconds, long records) {
    sightings.add(
        new Sighting(
            sightings.size(),
            (long) (seconds * S),
            Instant.EPOCH,
            Map.of("activity", Map.of(0, records))));
  }
}
