package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final long MS = 1_000_000;

  /** A thousand a second: event n is due n milliseconds after the first. */
  private final SentEvents sent = new SentEvents(50, 1_000, 4);

  @Test
  void anEventWaitsFromWhenItWasDueUntilAFrontierIsPastIt() {
    sent.put(0, 0, 0);
    sent.put(1, 1, 0);
    sent.put(2, 0, 1);
    sent.put(3, 1, 1);
    List<Sighting> sightings =
        List.of(
            sighting(50, Map.of(0, 0L, 1, 0L)),
            sighting(50 + 10 * MS, Map.of(0, 1L, 1, 1L)),
            sighting(50 + 20 * MS, Map.of(0, 2L, 1, 1L)),
            sighting(50 + 30 * MS, Map.of(0, 2L, 1, 2L)));

    assertThat(Latency.waits(sent, 0, sightings))
        .containsExactly(9 * MS, 10 * MS, 18 * MS, 27 * MS);
    assertThat(Latency.waits(sent, 3, sightings)).containsExactly(27 * MS);
  }

  @Test
  void anEventThatNobodySawIsNoLatency() {
    sent.put(3, 1, 7);

    assertThatThrownBy(() -> Latency.waits(sent, 3, List.of(sighting(60, Map.of(1, 7L)))))
        .hasMessage("Nobody saw offset 7 of partition 1");
  }

  private static Sighting sighting(long nanos, Map<Integer, Long> next) {
    return new Sighting(1, nanos, Instant.EPOCH, Map.of("activity", next));
  }
}
