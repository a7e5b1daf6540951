package io.kappa.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.benchmarks.Machine;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthPageTest {

  @Test
  void whatAMillionEventsMoreTakeIsHeldAgainstTheLogWithFewestKeys() {
    assertThat(
            page(
                List.of(
                    ours("10,000 items", 1_000_000, 14),
                    ours("10,000 items", 3_000_000, 29),
                    ours("1,000 items", 1_000_000, 12),
                    ours("1,000 items", 3_000_000, 18))))
        .contains("| 1,000 items | 0.00 | 3.00 | 1.00 |")
        .contains("| 10,000 items | 0.00 | 7.50 | 2.50 |");
  }

  @Test
  void whatAMillionEventsMoreTakeIsSeenFromEachSizeToTheNext() {
    assertThat(
            page(
                List.of(
                    ours(Workload.USUAL, 1_000_000, 12),
                    ours(Workload.USUAL, 3_000_000, 18),
                    ours(Workload.USUAL, 13_000_000, 43))))
        .contains("| 1,000,000..3,000,000 | 0.00 | 3.00 |")
        .contains("| 3,000,000..13,000,000 | 0.00 | 2.50 |")
        .doesNotContain("With keys");
  }

  @Test
  void bothAreHeldAgainstEachOtherOnEachLog() {
    assertThat(
            page(
                List.of(
                    run("plain Java, one COPY at the end", "zstd", 1_000_000, 5),
                    ours("zstd", 1_000_000, 20),
                    ours("gzip", 1_000_000, 30))))
        .contains("| zstd | 1,000,000 | 0.250 | 5.0 | 20.0 | 0.25 |")
        .contains("| gzip | 1,000,000 | 0.250 | - | 30.0 | - |")
        .doesNotContain("With keys")
        .doesNotContain("Peers");
  }

  @Test
  void peersHaveATableOfTheirOwnAndAreNotTakenForPlainJava() {
    assertThat(
            page(
                List.of(
                    run("plain Java, one COPY at the end", "zstd", 1_000_000, 5),
                    run("Kafka Streams", "zstd", 1_000_000, 30),
                    run("Jet", "gzip", 1_000_000, 45),
                    ours("zstd", 1_000_000, 20),
                    ours("gzip", 1_000_000, 30))))
        .contains("| zstd | 1,000,000 | 0.250 | 5.0 | 20.0 | 0.25 |")
        .contains("| log | events | Jet | Kafka Streams |")
        .contains("| zstd | 1,000,000 | - | 1.50 (30.0 s) |")
        .contains("| gzip | 1,000,000 | 1.50 (45.0 s) | - |");
  }

  private static String page(List<GrowthRun> runs) {
    return new GrowthPage(Machine.here(), LocalDate.EPOCH, runs, List.of()).text();
  }

  private static GrowthRun ours(String workload, long events, double seconds) {
    return run(Contender.OURS_REPLAY, workload, events, seconds);
  }

  private static GrowthRun run(String contender, String workload, long events, double seconds) {
    return new GrowthRun(workload, new PeerRun(contender, events, 1, seconds, 1, 1, 1), events / 4);
  }
}
