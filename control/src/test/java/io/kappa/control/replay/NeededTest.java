package io.kappa.control.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Outfit;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Run;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Tally;
import io.kappa.control.version.Upgrade;
import io.kappa.control.version.UpgradeStage;
import io.kappa.control.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which savepoints may go. */
class NeededTest {

  private static final String OLD = "file:///shelf/leg-1/savepoint-1/";
  private static final String NEW = "file:///shelf/leg-2/savepoint-2";
  private static final Optional<String> NONE = Optional.empty();
  private static final Frontier START = Frontier.of(Map.of("t", Map.of(0, 0L)));

  @Test
  void whatAVersionBeganFromIsNeededUntilItHasCommitted() {
    Leg first = leg(1, Optional.empty(), Optional.of(OLD));
    Leg second = leg(2, Optional.of(OLD), Optional.empty());

    assertThat(needed(OLD, entry(Phase.LIVE, false, first, second))).isTrue();
    assertThat(needed(OLD, entry(Phase.LIVE, true, first, second))).isFalse();
    assertThat(needed(NEW, entry(Phase.LIVE, false, first, second))).isFalse();
  }

  @Test
  void whatAVersionGoesOnFromIsNeeded() {
    Leg stopped = leg(1, Optional.empty(), Optional.of(NEW));

    assertThat(needed(NEW, entry(Phase.COMPARED, true, stopped))).isTrue();
    assertThat(needed(NEW, entry(Phase.RETIRED, true, stopped))).isFalse();
    assertThat(needed(NEW, entry(Phase.ABORTED, true, stopped))).isFalse();
  }

  @Test
  void whatAnUpgradeGoesBackToIsNeededAsLongAsItIsUnderWay() {
    Leg first = leg(1, Optional.empty(), Optional.of(OLD));
    Leg second = leg(2, Optional.of(OLD), Optional.of(NEW));
    Leg third = leg(3, Optional.of(NEW), Optional.empty());

    for (UpgradeStage stage : UpgradeStage.values()) {
      Entry entry = entry(Phase.LIVE, true, Optional.of(stage), first, second, third);
      assertThat(needed(NEW, entry)).as("%s", stage).isEqualTo(stage.isOpen());
      assertThat(needed(OLD, entry)).as("%s", stage).isEqualTo(stage.isOpen());
    }
  }

  @Test
  void whatAVersionIsBeingStoppedWithIsNeededBeforeAnybodyHasNotedIt() {
    Path made = Path.of("/shelf/activity-metrics-v1/leg-1/savepoint-9");
    Leg asked = new Leg(1, START, Optional.empty(), Optional.empty(), RunProfile.LIVE, 1, NONE);
    Leg unasked = leg(1, Optional.empty(), Optional.empty());

    assertThat(needed(made.toString(), entry(Phase.COMPARED, true, asked))).isTrue();
    assertThat(needed(made.toString(), entry(Phase.LIVE, true, unasked))).isFalse();
    assertThat(
            needed(
                made.toString(),
                entry(Phase.LIVE, true, Optional.of(UpgradeStage.STOPPING), unasked)))
        .isTrue();
    assertThat(
            needed(
                "/shelf/activity-metrics-v1/triggered/savepoint-9",
                entry(Phase.COMPARED, true, asked)))
        .isFalse();
  }

  @Test
  void withoutAVersionNothingIsNeeded() {
    assertThat(Needed.by(new Versions.Snapshot(List.of(), Map.of()), Path.of("/shelf"))).isEmpty();
  }

  private static boolean needed(String savepoint, Entry entry) {
    Path path = Path.of(savepoint.replace("file://", ""));
    return Needed.by(new Versions.Snapshot(List.of(entry), Map.of()), path).isPresent();
  }

  private static Leg leg(int number, Optional<String> from, Optional<String> savepoint) {
    return new Leg(number, START, Optional.empty(), from, RunProfile.LIVE, 0, savepoint);
  }

  private static Entry entry(Phase phase, boolean committed, Leg... legs) {
    return entry(phase, committed, Optional.empty(), legs);
  }

  private static Entry entry(
      Phase phase, boolean committed, Optional<UpgradeStage> stage, Leg... legs) {
    Version version = TestStore.version("t");
    Outfit outfit = new Outfit("sha", "jar", Map.of(), OptionalInt.empty());
    List<Upgrade> upgrades =
        stage
            .map(
                each ->
                    new Upgrade(
                        1,
                        Instant.EPOCH,
                        each,
                        1,
                        outfit,
                        outfit,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .stream()
            .toList();
    return new Entry(
        new Version(
            version.name(),
            phase,
            version.purpose(),
            version.jarSha256(),
            version.jar(),
            version.parameters(),
            version.start(),
            version.logEnd(),
            version.topicIds(),
            version.maxParallelism(),
            version.truncated(),
            version.createdAt()),
        Course.ofFirst(RunProfile.LIVE),
        new Ledger(1, committed ? "1/x" : "", 1, START, Tally.NONE, Optional.empty()),
        List.of(legs),
        List.of(
            new Run(
                1,
                legs.length,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        upgrades);
  }
}
