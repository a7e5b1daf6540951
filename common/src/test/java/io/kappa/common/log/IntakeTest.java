package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Follow;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final long NOON = 1_700_000_000_000L;
  private static final long BROKER = NOON + 5_000;
  private static final EventTimeRule RULE = new EventTimeRule(1_000, 10_000);
  private static final Map<Integer, Long> START = Map.of(0, 100L, 1, 0L);

  private OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> intake;

  @BeforeEach
  void open() throws Exception {
    intake = harness(1, 0);
    intake.open();
  }

  @AfterEach
  void close() throws Exception {
    intake.close();
  }

  @Test
  void anEventOnTimeGoesOnWithItsTime() throws Exception {
    Follow event = follow(NOON);

    intake.processElement(record(0, 100, event), 0);

    assertThat(intake.getOutput()).containsExactly(new StreamRecord<>(event, NOON));
  }

  @Test
  void everyRecordIsAppliedFilteredOrQuarantined() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    intake.processElement(record(0, 101, unwanted(NOON)), 0);
    intake.processElement(record(0, 102, follow(NOON - 1_001)), 0);
    intake.processElement(record(0, 103, follow(BROKER + 10_001)), 0);
    intake.processElement(broken(0, 104), 0);

    intake.prepareSnapshotPreBarrier(1);

    assertThat(progress()).containsExactly(new Progress("follows", 0, 105, 1, 1, 3, 0));
    assertThat(reasons()).containsExactly("102 late", "103 future", "104 not_json");
  }

  @Test
  void whatTheJobCantUseIsQuarantinedWithWhatItSays() throws Exception {
    intake.processElement(record(0, 100, unusable(NOON)), 0);

    intake.prepareSnapshotPreBarrier(1);

    assertThat(intake.getOutput()).isEmpty();
    assertThat(progress()).containsExactly(new Progress("follows", 0, 101, 0, 0, 1, 0));
    assertThat(reasons()).containsExactly("100 invalid");
    assertThat(details()).containsExactly("followeeId: nobody; allowed: somebody");
  }

  @Test
  void onlyPartitionsThatMovedSinceTheLastBarrierAreToldAndWithAllTheirCounts() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    intake.prepareSnapshotPreBarrier(1);
    intake.processElement(record(1, 0, follow(NOON)), 0);
    intake.prepareSnapshotPreBarrier(2);
    intake.processElement(record(0, 101, follow(NOON)), 0);
    intake.prepareSnapshotPreBarrier(3);

    assertThat(progress())
        .containsExactly(
            new Progress("follows", 0, 101, 1, 0, 0, 0),
            new Progress("follows", 1, 1, 1, 0, 0, 0),
            new Progress("follows", 0, 102, 2, 0, 0, 0));
  }

  @Test
  void whatIsLateInOnePartitionIsOnTimeInAnother() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    intake.processElement(record(1, 0, follow(NOON - 5_000)), 0);
    intake.processElement(record(0, 101, follow(NOON - 5_000)), 0);

    assertThat(reasons()).containsExactly("101 late");
  }

  @Test
  void anEventFromTheFutureMakesNothingLate() throws Exception {
    intake.processElement(record(0, 100, follow(BROKER + 1_000_000)), 0);
    intake.processElement(record(0, 101, follow(NOON)), 0);

    assertThat(reasons()).containsExactly("100 future");
  }

  @Test
  void aFilteredEventMovesTheHighWaterMarkToo() throws Exception {
    intake.processElement(record(0, 100, unwanted(NOON)), 0);
    intake.processElement(record(0, 101, follow(NOON - 1_001)), 0);

    assertThat(reasons()).containsExactly("101 late");
  }

  @Test
  void offsetsThatNoRecordHasAreCounted() throws Exception {
    intake.processElement(record(0, 103, follow(NOON)), 0);
    intake.prepareSnapshotPreBarrier(1);

    assertThat(progress()).containsExactly(new Progress("follows", 0, 104, 1, 0, 0, 3));
  }

  @Test
  void aRecordThatComesAgainIsRefused() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);

    assertThatThrownBy(() -> intake.processElement(record(0, 100, follow(NOON)), 0))
        .hasMessageContaining("gave offset 100 after 101 was expected");
  }

  @Test
  void aPartitionThatWasNotPinnedIsRefused() {
    assertThatThrownBy(() -> intake.processElement(record(2, 0, follow(NOON)), 0))
        .hasMessageContaining("partition 2, which wasn't pinned");
  }

  @Test
  void aWatermarkIsHeldToWhatThePartitionsReadHereAllow() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    intake.processElement(record(1, 0, follow(NOON + 9_000)), 0);

    intake.processWatermark(new Watermark(Long.MAX_VALUE));
    intake.processWatermark(new Watermark(Long.MAX_VALUE));

    assertThat(watermarks()).containsExactly(NOON - 1_001);
  }

  @Test
  void aPartitionWhoseFenceIsItsStartHoldsTheWatermarkBackAltogether() throws Exception {
    try (OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> fenced =
        harness(2, 1, Map.of(0, 200L, 1, 0L))) {
      fenced.open();
      fenced.processElement(record(0, 100, follow(NOON)), 0);

      fenced.processWatermark(new Watermark(NOON - 1_001));

      assertThat(watermarks(fenced)).isEmpty();
    }
  }

  @Test
  void aPartitionThatIsRestoredAtItsFenceHoldsTheWatermarkInEverySubtask() throws Exception {
    Map<Integer, Long> fence = Map.of(0, 101L, 1, 50L);
    intake.processElement(record(0, 100, follow(NOON)), 0);
    OperatorSubtaskState state = intake.snapshot(1, 0);

    for (int subtask = 0; subtask < 2; subtask++) {
      try (OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> restored =
          harness(2, subtask, fence)) {
        restored.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, 2, subtask));
        restored.open();
        restored.processElement(record(1, 0, follow(NOON + 9_000)), 0);

        restored.processWatermark(new Watermark(NOON + 7_999));

        assertThat(watermarks(restored)).containsExactly(NOON - 1_001);
      }
    }
  }

  @Test
  void aPartitionThatIsRestoredShortOfItsFenceIsLeftToWhoeverReadsIt() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    OperatorSubtaskState state = intake.snapshot(1, 0);

    try (OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> restored =
        harness(2, 1, Map.of(0, 102L, 1, 50L))) {
      restored.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, 2, 1));
      restored.open();
      restored.processElement(record(1, 0, follow(NOON + 9_000)), 0);

      restored.processWatermark(new Watermark(NOON + 7_999));

      assertThat(watermarks(restored)).containsExactly(NOON + 7_999);
    }
  }

  @Test
  void afterARescaleTheFarthestThatAnybodyKnowsCounts() throws Exception {
    intake.processElement(record(0, 100, follow(NOON)), 0);
    OperatorSubtaskState early = intake.snapshot(1, 0);
    intake.processElement(broken(0, 101), 0);
    intake.processElement(record(0, 102, follow(NOON + 50)), 0);
    OperatorSubtaskState later = intake.snapshot(2, 0);
    OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(later, early);

    try (OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> restored = harness(2, 1)) {
      restored.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 2, 1));
      restored.open();
      restored.processElement(record(0, 103, follow(NOON - 960)), 0);
      restored.prepareSnapshotPreBarrier(3);

      assertThat(progress(restored)).containsExactly(new Progress("follows", 0, 104, 2, 0, 2, 0));
    }
  }

  private static OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> harness(
      int parallelism, int subtask) throws Exception {
    return harness(parallelism, subtask, Map.of());
  }

  private static OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> harness(
      int parallelism, int subtask, Map<Integer, Long> fence) throws Exception {
    Input<Follow> input = new Input<>(Topics.FOLLOWS, IntakeTest::problem, Follow::active);
    return new OneInputStreamOperatorTestHarness<>(
        new Intake<>(input, RULE, START, fence), 128, parallelism, subtask);
  }

  private static Follow follow(long at) {
    return new Follow("ann", "bob", true, at);
  }

  private static Follow unwanted(long at) {
    return new Follow("ann", "bob", false, at);
  }

  private static Follow unusable(long at) {
    return new Follow("ann", "nobody", true, at);
  }

  private static Optional<String> problem(Follow event) {
    return event.followeeId().equals("nobody")
        ? Optional.of("followeeId: nobody; allowed: somebody")
        : Optional.empty();
  }

  private static LogRecord<Follow> record(int partition, long offset, Follow event) {
    return new LogRecord<>(partition, offset, BROKER, 3, event, null, null, new byte[3]);
  }

  private static LogRecord<Follow> broken(int partition, long offset) {
    return new LogRecord<>(partition, offset, BROKER, 1, null, "not_json", "?", new byte[1]);
  }

  private List<Progress> progress() {
    return progress(intake);
  }

  private static List<Progress> progress(
      OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> of) {
    return values(of.getSideOutput(Intake.PROGRESS));
  }

  private List<String> reasons() {
    return quarantined().map(row -> row.offset() + " " + row.reason()).toList();
  }

  private List<String> details() {
    return quarantined().map(QuarantinedRecord::detail).toList();
  }

  private Stream<QuarantinedRecord> quarantined() {
    List<Change<QuarantinedRecord>> rows = values(intake.getSideOutput(Intake.QUARANTINE));
    return rows.stream().map(Change::row);
  }

  private List<Long> watermarks() {
    return watermarks(intake);
  }

  private static List<Long> watermarks(
      OneInputStreamOperatorTestHarness<LogRecord<Follow>, Follow> of) {
    return of.getOutput().stream()
        .filter(Watermark.class::isInstance)
        .map(mark -> ((Watermark) mark).getTimestamp())
        .toList();
  }

  private static <T> List<T> values(Queue<StreamRecord<T>> records) {
    List<T> values = new ArrayList<>();
    if (records != null) {
      records.forEach(each -> values.add(each.getValue()));
    }
    return values;
  }
}
