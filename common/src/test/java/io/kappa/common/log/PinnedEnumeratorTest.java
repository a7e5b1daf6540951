package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.sink.ReplayRate;
import io.kappa.common.sink.Run;
import io.kappa.common.sink.RunNote;
import io.kappa.common.sink.StoreAddress;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When checkpoints are rare: from the start of a fenced leg until all readers are at the fence, and
 * while a run without one has nothing to read.
 */
class PinnedEnumeratorTest {

  private static final Run RUN = new Run("trips", 1, 1, new UUID(0, 0));
  private static final StoreAddress NOWHERE = new StoreAddress("jdbc:postgresql://0/0", "", "");

  private static final Set<String> BOTH = Set.of("trips", "drivers");

  private final List<Boolean> backlog = new ArrayList<>();
  private final List<PinnedEnumerator> enumerators = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Callable<?>> again = new ArrayList<>();

  /** What the coordinator's thread does next; while this is empty it does all at once. */
  private final List<Runnable> later = new ArrayList<>();

  private Map<Integer, ReaderInfo> readers = Map.of();

  @Test
  void thereIsABacklogUntilAllReadersAreAtTheFence() {
    PinnedEnumerator enumerator = enumerator();

    enumerator.start();
    enumerator.handleSourceEvent(0, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(false));
    assertThat(backlog).doesNotContain(false);

    enumerator.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(false, true).containsOnlyOnce(false);
  }

  @Test
  void theLastTopicAtItsFenceHasTheOneCheckpointBroughtForward() {
    PinnedEnumerator trips = enumerator(new RareUntilFence(RUN, BOTH, "trips"));
    PinnedEnumerator drivers = enumerator(new RareUntilFence(RUN, BOTH, "drivers"));
    trips.start();
    drivers.start();
    trips.handleSourceEvent(0, new AtWork(true));
    drivers.handleSourceEvent(0, new AtWork(true));

    drivers.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).containsOnly(true);
    trips.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(false, true).containsOnlyOnce(false);
  }

  @Test
  void aReaderThatFailedIsNotWaitedForUntilItReadsAgain() {
    PinnedEnumerator enumerator = enumerator();
    enumerator.start();
    enumerator.handleSourceEvent(0, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(true));

    enumerator.addSplitsBack(List.of(), 0);
    enumerator.handleSourceEvent(1, new AtWork(false));
    assertThat(backlog).endsWith(false, true);

    enumerator.handleSourceEvent(0, new AtWork(true));
    enumerator.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(false, true).filteredOn(each -> !each).hasSize(2);
  }

  @Test
  void withoutAFenceThereIsOneWhileNoReaderOfAnyTopicReads() {
    PinnedEnumerator trips = enumerator(quiet("trips", RUN));
    PinnedEnumerator drivers = enumerator(quiet("drivers", RUN));
    trips.start();
    trips.addReader(0);
    trips.addReader(1);
    drivers.start();
    drivers.addReader(0);

    drivers.handleSourceEvent(0, new AtWork(false));
    trips.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).doesNotContain(true);
    trips.handleSourceEvent(1, new AtWork(false));
    assertThat(backlog).endsWith(true);

    drivers.handleSourceEvent(0, new AtWork(true));
    assertThat(backlog).endsWith(true, false);
  }

  @Test
  void aReaderThatWasLostIsTakenToReadUntilItsNextSaysOtherwise() {
    PinnedEnumerator trips = enumerator(new RareUnlessAwaited(RUN, Set.of("trips"), "trips"));
    trips.start();
    trips.addReader(0);
    trips.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(true);

    trips.addSplitsBack(List.of(), 0);
    assertThat(backlog).endsWith(false);

    trips.addReader(0);
    trips.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(true);
  }

  @Test
  void anotherRunsQuietChangesNothingAndAnEndedEnumeratorHearsNothing() throws Exception {
    PinnedEnumerator old = enumerator(quiet("trips", RUN));
    PinnedEnumerator other = enumerator(quiet("drivers", new Run("trips", 1, 2, new UUID(0, 1))));
    other.start();
    other.addReader(0);
    other.handleSourceEvent(0, new AtWork(false));
    old.start();
    old.addReader(0);
    old.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).doesNotContain(true);

    PinnedEnumerator next = enumerator(quiet("trips", RUN));
    next.start();
    next.addReader(0);
    old.close();
    next.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).doesNotContain(true);
    PinnedEnumerator drivers = enumerator(quiet("drivers", RUN));
    drivers.start();
    drivers.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(true).containsOnlyOnce(true);
  }

  @Test
  void aReaderBeginsWhenAllElseIsSaidAndNotIfItHasFailedMeanwhile() {
    PinnedEnumerator enumerator = enumerator();
    enumerator.start();
    later.add(() -> {});

    enumerator.addReader(0);
    enumerator.addReader(1);
    assertThat(sent).containsExactly("0 RateChange[rate=0]", "1 RateChange[rate=0]");
    readers = Map.of(0, new ReaderInfo(0, "here"));
    later.forEach(Runnable::run);

    assertThat(sent).endsWith("1 RateChange[rate=0]", "0 Begin[]").hasSize(3);
  }

  @Test
  void thatTheMemoryIsFullIsNotedOnceAReaderSaysSo() throws Exception {
    PinnedEnumerator enumerator = enumerator();
    enumerator.start();
    Callable<?> noting = again.get(again.size() - 1);
    noting.call();
    assertThat(notes).isEmpty();

    enumerator.handleSourceEvent(0, new HeapIsFull());
    enumerator.handleSourceEvent(1, new HeapIsFull());
    noting.call();
    noting.call();
    assertThat(notes).containsExactly("full");
  }

  private PinnedEnumerator enumerator() {
    return enumerator(new RareUntilFence(RUN, Set.of("trips"), "trips"));
  }

  private CheckpointPace quiet(String topic, Run run) {
    return new RareUnlessAwaited(run, BOTH, topic);
  }

  private PinnedEnumerator enumerator(CheckpointPace checkpoints) {
    Pin pin = new Pin("trips", "id", Map.of(0, 0L));
    PinnedEnumerator enumerator =
        new PinnedEnumerator(
            nothing(SplitEnumerator.class),
            context(),
            new PinCheck(List.of(pin), KafkaAddress.of("nowhere:1"), "trips"),
            new RunNote(RUN, NOWHERE),
            new ReplayRate(RUN, NOWHERE, 0, 1),
            true,
            checkpoints,
            new FullHeap(() -> notes.add("full")));
    enumerators.add(enumerator);
    return enumerator;
  }

  /** What all enumerators of a process know of each other isn't left to the next test. */
  @AfterEach
  void close() throws Exception {
    for (PinnedEnumerator enumerator : enumerators) {
      enumerator.close();
    }
  }

  @SuppressWarnings("unchecked") // of the only types there are here
  private static SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> nothing(Class<?> type) {
    return (SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState>)
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> null);
  }

  @SuppressWarnings("unchecked")
  private SplitEnumeratorContext<KafkaPartitionSplit> context() {
    return (SplitEnumeratorContext<KafkaPartitionSplit>)
        Proxy.newProxyInstance(
            SplitEnumeratorContext.class.getClassLoader(),
            new Class<?>[] {SplitEnumeratorContext.class},
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "setIsProcessingBacklog" -> backlog.add((Boolean) given[0]);
                  case "sendEventToSourceReader" -> sent.add(given[0] + " " + given[1]);
                  case "runInCoordinatorThread" -> run((Runnable) given[0]);
                  case "registeredReaders" -> readers;
                  case "callAsync" -> again.add((Callable<?>) given[0]);
                  default -> null;
                });
  }

  private Object run(Runnable work) {
    if (later.isEmpty()) {
      work.run();
    } else {
      later.add(work);
    }
    return null;
  }
}
