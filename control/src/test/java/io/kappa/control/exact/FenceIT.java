package io.kappa.control.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Sabotage;
import io.kappa.local.junit.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leg halts at its fence with its tables exactly there, and the next goes on from it as if
 * nothing had been; and each safeguard is needed for it.
 */
class FenceIT {

  @RegisterExtension static final LocalStack stack = LocalStack.brokerAndStore();

  private static final String SOURCE = "io.kappa.common.log.PinnedSource";
  private static final String READER = "io.kappa.common.log.PinnedReader";

  /** So short that state is freed within the log, and would be missed if it were freed early. */
  private static final Duration LATENESS = Duration.ofMinutes(30);

  @TempDir Path directory;
  private Random random;
  private Setting setting;
  private LegRows legs;

  @BeforeEach
  void open() throws Exception {
    long seed = Long.getLong("kappa.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dkappa.seed=" + seed + ")");
    random = new Random(seed);
    setting = new Setting(stack, directory, seed);
    legs = new LegRows(setting.database(), setting.topic());
    // Partitions come to their fences one by one, not all within one fetch.
    setting.fetch(20);
    setting.log().write(1200);
    setting.createVersion(LATENESS);
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
  }

  @Test
  void aLegHaltsAtItsFenceAndTheNextGoesOnFromThere() throws Exception {
    Map<Integer, Long> fence = anywhere(setting.logEnd());
    legs.fence(fence);
    legs.rate(400);

    JobID first = setting.launch(2, "hashmap", Optional.empty());
    for (int failure = 0; failure < 3; failure++) {
      FlakyActivityMetrics.TASK_FAILS_IN.set(random.nextInt(60));
      Map<Integer, Long> before = setting.cut().frontier();
      Await.until(Duration.ofSeconds(3), () -> !setting.cut().frontier().equals(before));
    }
    legs.rate(0);
    setting.log().write(400);
    assertStaysAt(fence, first);
    JobID second = anotherRunOfTheLeg(first);
    assertStaysAt(fence, second);
    Path savepoint = setting.cluster().stopWithSavepoint(second);
    assertExactlyAt(fence);

    legs.next(fence);
    JobID third = setting.launch(3, "rocksdb", Optional.of(savepoint));
    FlakyActivityMetrics.TASK_FAILS_IN.set(random.nextInt(400));
    setting.log().write(300);
    assertThat(setting.caughtUp(third)).as("the second leg comes to the log's end").isTrue();
    assertExactlyAt(setting.logEnd());
    assertThat(legs.ofRuns()).containsExactly(1, 1, 2);
  }

  @Test
  void aCopyAndALateEventJustBehindTheFenceAreSeenAsSuch() throws Exception {
    Map<Integer, Long> fence = setting.logEnd();
    legs.fence(fence);
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertStaysAt(fence, first);
    ReadLog before = setting.readLog();
    before
        .partitions()
        .forEach(
            (partition, records) -> {
              setting.log().write(partition, records.get(records.size() - 1).value());
              setting.log().write(partition, records.get(records.size() - 2).value());
              setting.log().write(partition, records.get(0).value());
            });

    JobID second = nextLeg(first, fence, "rocksdb");

    assertThat(setting.caughtUp(second)).isTrue();
    assertExactlyAt(setting.logEnd());
  }

  @Test
  void aFencedLegReadsAsFastAsItMayAndHearsOfAChange() throws Exception {
    legs.fence(setting.logEnd());
    legs.rate(20);
    long began = System.nanoTime();

    JobID run = setting.launch(2, "hashmap", Optional.empty());

    assertThat(setting.checkpointsGoOn(run, 10)).isTrue();
    assertThat(Await.until(Setting.PATIENCE, () -> accounted() > 0)).isTrue();
    long read = accounted();
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) read).isLessThanOrEqualTo(20 * seconds + 6);
    legs.rate(0);
    assertThat(setting.caughtUp(run)).as("it goes on without a limit").isTrue();
  }

  @Test
  void checkpointsAreRareButForTheOneAtTheFence() throws Exception {
    setting.cluster().rarely(Duration.ofHours(1));
    legs.fence(setting.logEnd());
    legs.rate(400);

    JobID run = setting.launch(2, "hashmap", Optional.empty());

    assertThat(
            Await.until(Setting.PATIENCE, () -> setting.cut().frontier().equals(setting.logEnd())))
        .isTrue();
    assertExactlyAt(setting.logEnd());
    assertThat(Cluster.number(setting.cluster().newestCheckpoint(run).orElseThrow()))
        .isLessThanOrEqualTo(3);
  }

  @Test
  void unlessItIsBroughtForwardTheCheckpointAtTheFenceIsRareToo() throws Exception {
    setting.cluster().rarely(Duration.ofHours(1));
    legs.fence(setting.logEnd());
    legs.rate(400);
    try (Sabotage taken =
        Sabotage.silencing("io.kappa.common.log.RareUntilFence", "bringForward")) {
      JobID run = setting.launch(2, "hashmap", Optional.empty());

      assertThat(setting.caughtUp(run)).isFalse();
    }
  }

  @Test
  void withoutTheFenceTheFrontierRunsPastIt() throws Exception {
    Map<Integer, Long> fence = anywhere(setting.logEnd());
    legs.fence(fence);
    try (Sabotage fenceTaken = Sabotage.silencing(SOURCE, "halt");
        Sabotage checkTaken = Sabotage.silencing(READER, "refuseUnlessOfThisLeg")) {
      JobID run = setting.launch(2, "hashmap", Optional.empty());

      assertThat(setting.caughtUp(run)).isTrue();
      assertThat(setting.cut().frontier()).isNotEqualTo(fence);
    }
  }

  @Test
  void withTheStateOfTheLegBeforeTheSourceNeverGetsOn() throws Exception {
    Map<Integer, Long> fence = setting.logEnd();
    legs.fence(fence);
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertStaysAt(fence, first);
    setting.log().write(300);
    try (Sabotage taken = Sabotage.saying(true, SOURCE, "isOfThisLeg")) {
      assertStaysAt(fence, nextLeg(first, fence, "hashmap"));
    }
  }

  @Test
  void aLegThatWasStoppedShortOfItsFenceIsNotFollowed() throws Exception {
    legs.fence(setting.logEnd());
    legs.rate(20);
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertThat(Await.until(Setting.PATIENCE, () -> accounted() > 0)).isTrue();
    Path savepoint = setting.cluster().stopWithSavepoint(first);
    Cut before = setting.cut();
    legs.next(before.frontier());

    JobID second = setting.launch(3, "hashmap", Optional.of(savepoint));

    assertThat(setting.stopped(second))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("FAILED").contains("short of its fence"));
    assertThat(setting.cut()).isEqualTo(before);
  }

  @Test
  void aLegThatBeginsBeforeWhatWasReadCountsNothingTwice() throws Exception {
    Map<Integer, Long> fence = setting.logEnd();
    legs.fence(fence);
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertStaysAt(fence, first);
    setting.log().write(300);

    JobID second = nextLeg(first, from(0, fence), "hashmap");

    assertThat(Await.until(Setting.PATIENCE, () -> setting.cluster().restarts(second) > 1))
        .as("it fails each time that a record comes again")
        .isTrue();
    assertExactlyAt(fence);
  }

  @Test
  void withoutHoldingTheWatermarkAtAFenceStateIsFreedThatIsNeededBehindIt() throws Exception {
    assertThat(tablesAfterTheFenceOfAPartitionThatHasReadNothing()).isTrue();
    setting.close();
    open();
    try (Sabotage taken = Sabotage.saying(false, "io.kappa.common.log.Intake", "isAtFence")) {
      assertThat(tablesAfterTheFenceOfAPartitionThatHasReadNothing()).isFalse();
    }
  }

  private boolean tablesAfterTheFenceOfAPartitionThatHasReadNothing() throws Exception {
    Map<Integer, Long> fence = setting.logEnd();
    fence.put(0, 0L);
    legs.fence(fence);
    // Watermarks come every 200 ms; read at once, the fence would be there before any.
    legs.rate(300);
    JobID first = setting.launch(2, "hashmap", Optional.empty());
    assertStaysAt(fence, first);
    JobID second = nextLeg(first, fence, "hashmap");
    assertThat(setting.caughtUp(second)).isTrue();
    return setting.cut().against(setting.oracle()).isEmpty();
  }

  /** Somewhere in each partition, one at its very start. */
  private Map<Integer, Long> anywhere(Map<Integer, Long> end) {
    Map<Integer, Long> fence = new TreeMap<>();
    end.forEach(
        (partition, next) -> fence.put(partition, 1 + (long) random.nextInt(next.intValue())));
    fence.put(random.nextInt(TrialLog.PARTITIONS), 0L);
    System.out.println("fence " + fence);
    return fence;
  }

  private static Map<Integer, Long> from(long offset, Map<Integer, Long> like) {
    Map<Integer, Long> start = new HashMap<>(like);
    start.replaceAll((partition, old) -> offset);
    return start;
  }

  private JobID anotherRunOfTheLeg(JobID old) throws Exception {
    setting.cluster().cancel(old);
    assertThat(setting.stopped(old)).isPresent();
    return setting.launch(3, "hashmap", setting.cluster().newestCheckpoint(old));
  }

  private JobID nextLeg(JobID old, Map<Integer, Long> start, String backend) throws Exception {
    Path savepoint = setting.cluster().stopWithSavepoint(old);
    legs.next(start);
    return setting.launch(3, backend, Optional.of(savepoint));
  }

  private void assertStaysAt(Map<Integer, Long> fence, JobID run) throws Exception {
    assertThat(Await.until(Setting.PATIENCE, () -> setting.cut().frontier().equals(fence)))
        .as("the run comes to %s, and is at %s", fence, setting.cut().frontier())
        .isTrue();
    assertThat(setting.checkpointsGoOn(run, 8)).isTrue();
    assertThat(setting.cluster().status(run)).isEqualTo(JobStatus.RUNNING);
    assertExactlyAt(fence);
  }

  private void assertExactlyAt(Map<Integer, Long> frontier) throws Exception {
    Cut cut = setting.cut();
    assertThat(cut.frontier()).isEqualTo(frontier);
    assertThat(cut.against(setting.oracle())).isEmpty();
  }

  private long accounted() throws Exception {
    return setting.cut().accounted();
  }
}
