package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.sink.ReplayRate;
import io.kappa.common.sink.Run;
import io.kappa.common.sink.RunNote;
import io.kappa.common.sink.StoreAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PinnedReaderTest {

  private static final Run RUN = new Run("trips", 1, 1, new UUID(0, 0));
  private static final StoreAddress NOWHERE = new StoreAddress("jdbc:postgresql://0/0", "", "");
  private static final TopicPartition PARTITION = new TopicPartition("trips", 0);

  private final Endless flinks = new Endless();
  private final List<AtWork> reports = new ArrayList<>();
  private final AtomicBoolean heapIsFull = new AtomicBoolean();
  private final AtomicInteger saidSo = new AtomicInteger();
  private final AtomicLong lag = new AtomicLong();
  private final Room room = new Room(heapIsFull::get, saidSo::incrementAndGet);

  @Test
  void aReaderThatHasReadItsShareIsNotAvailableUntilItMayReadMore() throws Exception {
    PinnedReader<String> reader = reader(1, true);

    InputStatus first = reader.pollNext(null);
    InputStatus second = reader.pollNext(null);

    assertThat(first).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(second).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(flinks.polls).isEqualTo(1);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();
    assertThat(reader.isAvailable()).isSameAs(available);
    available.get(1, TimeUnit.MINUTES);
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
    reader.close();
  }

  @Test
  void aReaderThatWaitsHearsOfAHigherRate() throws Exception {
    PinnedReader<String> reader = reader(1, true);
    reader.pollNext(null);
    CompletableFuture<Void> available = reader.isAvailable();

    reader.handleSourceEvents(new RateChange(0));

    assertThat(available).isDone();
    assertThat(reader.isAvailable()).isSameAs(flinks.available);
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
    reader.close();
  }

  @Test
  void withoutAFenceThereIsNoLimit() throws Exception {
    PinnedReader<String> reader = reader(1, false);

    reader.pollNext(null);

    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
    reader.close();
  }

  @Test
  void aPartitionThatWasReadToItsFenceIsNotLeftToTheNextLeg() throws Exception {
    KafkaPartitionSplit unfinished = new KafkaPartitionSplit(PARTITION, 6, 7);
    KafkaPartitionSplit endless = new KafkaPartitionSplit(PARTITION, 9);
    flinks.splits = List.of(new KafkaPartitionSplit(PARTITION, 7, 7), unfinished, endless);
    PinnedReader<String> reader = reader(0, true);

    assertThat(reader.snapshotState(1)).containsExactly(unfinished, endless);
    reader.close();
  }

  @Test
  void aPartitionOnItsWayToAnotherFenceStopsTheRun() throws Exception {
    PinnedReader<String> reader = reader(0, true);

    assertThatThrownBy(() -> reader.addSplits(List.of(new KafkaPartitionSplit(PARTITION, 5, 6))))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageStartingWith(
            "The leg before ended when partition 0 of topic trips had come to offset 5, short of its fence");
    reader.addSplits(List.of(new KafkaPartitionSplit(PARTITION, 5, 7)));
    assertThat(flinks.added).containsExactly(new KafkaPartitionSplit(PARTITION, 5, 7));
    reader.close();
  }

  @Test
  void itSaysWhenItBeginsAndWhenAllItsPartitionsAreAtTheirFence() throws Exception {
    PinnedReader<String> reader = reader(0, true);
    flinks.status = InputStatus.NOTHING_AVAILABLE;
    reader.pollNext(null);
    assertThat(reports).isEmpty();

    flinks.partitions = 1;
    reader.addSplits(List.of(new KafkaPartitionSplit(PARTITION, 5, 7)));
    reader.pollNext(null);
    assertThat(reports).containsExactly(new AtWork(true));

    flinks.partitions = 0;
    reader.pollNext(null);
    reader.pollNext(null);
    assertThat(reports).containsExactly(new AtWork(true), new AtWork(false));
    reader.close();
  }

  @Test
  void askedItSaysThatItIsFarBehindAndThenAtOnceThatItHasComeNearTheEnd() throws Exception {
    PinnedReader<String> reader = reader(0, false);
    lag.set(2_000);
    read(reader, 1_000);
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).isEmpty();

    lag.set(2_001);
    read(reader, 1_000);
    reader.handleSourceEvents(new AreYouAtWork());
    read(reader, 1_000);
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).containsExactly(new AtWork(false));

    flinks.status = InputStatus.NOTHING_AVAILABLE;
    lag.set(201);
    reader.pollNext(null);
    assertThat(reports).hasSize(1);
    lag.set(200);
    reader.pollNext(null);
    reader.pollNext(null);
    assertThat(reports).containsExactly(new AtWork(false), new AtWork(true));
    reader.close();
  }

  @Test
  void whatATransactionLeavesAtTheEndKeepsNobodyWaiting() throws Exception {
    PinnedReader<String> reader = reader(0, false);
    lag.set(100);
    reader.pollNext(null);
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).containsExactly(new AtWork(false));

    flinks.status = InputStatus.NOTHING_AVAILABLE;
    reader.pollNext(null);

    assertThat(reports).containsExactly(new AtWork(false), new AtWork(true));
    reader.close();
  }

  @Test
  void whoWasBehindAndReadsNothingMoreIsQuietAndWakesWithTheNextRecord() throws Exception {
    PinnedReader<String> reader = reader(0, false);
    lag.set(1_000);
    reader.pollNext(null);
    reader.handleSourceEvents(new AreYouAtWork());
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).containsExactly(new AtWork(false));

    reader.pollNext(null);

    assertThat(reports).containsExactly(new AtWork(false), new AtWork(true));
    reader.close();
  }

  private static void read(PinnedReader<String> reader, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      reader.pollNext(null);
    }
  }

  @Test
  void askedItSaysThatItReadsNothingAndThenAtOnceThatItDoes() throws Exception {
    PinnedReader<String> reader = reader(0, false);
    reader.handleSourceEvents(new AreYouAtWork());
    reader.pollNext(null);
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).isEmpty();

    flinks.status = InputStatus.NOTHING_AVAILABLE;
    reader.pollNext(null);
    reader.handleSourceEvents(new AreYouAtWork());
    reader.handleSourceEvents(new AreYouAtWork());
    assertThat(reports).containsExactly(new AtWork(false));

    flinks.status = InputStatus.MORE_AVAILABLE;
    reader.pollNext(null);
    reader.pollNext(null);
    assertThat(reports).containsExactly(new AtWork(false), new AtWork(true));
    reader.close();
  }

  @Test
  void itReadsNothingBeforeItIsToldToBegin() throws Exception {
    PinnedReader<String> reader = waiting(1, true);
    CompletableFuture<Void> available = reader.isAvailable();

    reader.handleSourceEvents(new RateChange(0));
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(flinks.polls).isZero();
    assertThat(available).isNotDone();
    assertThat(reader.isAvailable()).isSameAs(available);

    reader.handleSourceEvents(new Begin());
    assertThat(available).isDone();
    assertThat(reader.isAvailable()).isSameAs(flinks.available);
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
    reader.close();
  }

  @Test
  void whereTheMemoryIsFullItSaysSoOnceAndReadsNoMore() throws Exception {
    PinnedReader<String> reader = reader(0, true);
    for (int i = 0; i < 1_000; i++) {
      assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
    }

    heapIsFull.set(true);
    int before = flinks.polls;
    while (reader.pollNext(null) == InputStatus.MORE_AVAILABLE) {}

    assertThat(flinks.polls - before).isLessThan(100);
    heapIsFull.set(false);
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();
    reader.handleSourceEvents(new RateChange(0));
    assertThat(reader.pollNext(null)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.isAvailable()).isNotDone();
    assertThat(saidSo).hasValue(1);
    reader.close();
  }

  private PinnedReader<String> reader(long rate, boolean fenced) {
    PinnedReader<String> reader = waiting(rate, fenced);
    reader.handleSourceEvents(new Begin());
    return reader;
  }

  private PinnedReader<String> waiting(long rate, boolean fenced) {
    WorkReport report =
        fenced
            ? new UntilFence(() -> flinks.partitions, reports::add)
            : new WhileRecordsCome(reports::add, lag::get);
    Pin pin = new Pin("trips", "id", Map.of(0, 0L));
    PinCheck check = new PinCheck(List.of(pin), KafkaAddress.of("nowhere:1"), "trips");
    Pace pace = new Pace(new ReplayRate(RUN, NOWHERE, rate, 1), fenced, 1, room);
    return new PinnedReader<>(
        flinks,
        pin,
        new Stretch(pin.start(), Map.of(0, 7L)),
        check,
        "trips",
        new RunNote(RUN, NOWHERE),
        pace,
        report);
  }

  /** Has always more, unless told otherwise. */
  private static final class Endless implements SourceReader<String, KafkaPartitionSplit> {

    private final CompletableFuture<Void> available = CompletableFuture.completedFuture(null);
    private final List<KafkaPartitionSplit> added = new ArrayList<>();
    private List<KafkaPartitionSplit> splits = List.of();
    private InputStatus status = InputStatus.MORE_AVAILABLE;
    private int partitions;
    private int polls;

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) {
      polls++;
      return status;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> more) {
      added.addAll(more);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
