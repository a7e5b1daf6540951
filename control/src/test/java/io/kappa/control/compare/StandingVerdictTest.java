package io.kappa.control.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StandingVerdictTest {

  private static final VersionName V2 = new VersionName(TestStore.JOB, 2);
  private static final Frontier FENCE = Frontier.of(Map.of("activity", Map.of(0, 5L)));
  private static final Frontier FURTHER = Frontier.of(Map.of("activity", Map.of(0, 6L)));
  private static final Optional<String> NO_FILE = Optional.empty();

  private static Optional<Comparison> stored(String sha256, String by) {
    return Optional.of(
        new Comparison(
            V2,
            1,
            1,
            FENCE,
            sha256,
            by,
            new Report(List.of(), List.of(), List.of(), List.of(), List.of()),
            new Verdict(Verdict.Outcome.PASS, List.of()),
            Instant.EPOCH));
  }

  private static Optional<String> whyNot(OptionalInt live, Optional<String> digestNow, String by) {
    return StandingVerdict.whyNot(stored("a", by), V2, Optional.of(FENCE), live, digestNow);
  }

  @Test
  void itStandsAsLongAsNothingChanged() {
    assertThat(whyNot(OptionalInt.of(1), NO_FILE, Expected.JAR)).isEmpty();
    assertThat(whyNot(OptionalInt.of(1), Optional.of("a"), "/e.yaml")).isEmpty();
  }

  @Test
  void itStandsWhenTheCandidateItselfIsLive() {
    assertThat(whyNot(OptionalInt.of(2), NO_FILE, Expected.JAR)).isEmpty();
  }

  @Test
  void itStandsWhenTheFileIsGone() {
    assertThat(whyNot(OptionalInt.of(1), NO_FILE, "/e.yaml")).isEmpty();
  }

  @Test
  void itExpiresWhenTheFileChanges() {
    assertThat(whyNot(OptionalInt.of(1), Optional.of("b"), "/e.yaml"))
        .contains(
            "the expectations in /e.yaml have changed since activity-metrics v2 was compared");
  }

  @Test
  void itExpiresWhenAnotherVersionIsLive() {
    assertThat(whyNot(OptionalInt.of(3), NO_FILE, Expected.JAR))
        .contains("activity-metrics v2 was compared with v1, and readers see v3 now");
    assertThat(whyNot(OptionalInt.empty(), NO_FILE, Expected.JAR))
        .contains("activity-metrics v2 was compared with v1, and readers see no version now");
  }

  @Test
  void itExpiresWhenThereIsANewerFence() {
    for (Optional<Frontier> fence : List.of(Optional.of(FURTHER), Optional.<Frontier>empty())) {
      assertThat(
              StandingVerdict.whyNot(
                  stored("", Expected.JAR), V2, fence, OptionalInt.of(1), NO_FILE))
          .contains("activity-metrics v2 was compared at another fence than its newest");
    }
  }

  @Test
  void anotherCandidatesDoesNotCount() {
    assertThat(
            StandingVerdict.whyNot(
                stored("", Expected.JAR),
                new VersionName(TestStore.JOB, 3),
                Optional.of(FENCE),
                OptionalInt.of(1),
                NO_FILE))
        .contains("activity-metrics v2 was compared, and not activity-metrics v3");
  }

  @Test
  void withoutAComparisonNothingStands() {
    assertThat(
            StandingVerdict.whyNot(
                Optional.empty(), V2, Optional.of(FENCE), OptionalInt.of(1), NO_FILE))
        .contains("activity-metrics v2 was never compared");
  }
}
