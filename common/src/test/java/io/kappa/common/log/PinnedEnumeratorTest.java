package io.kappa.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.sink.FailureNote;
import io.kappa.common.sink.ReplayRate;
import io.kappa.common.sink.Run;
import io.kappa.common.sink.StoreAddress;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.junit.jupiter.api.Test;

/** When checkpoints are rare: from the start of a fenced leg until all readers are at the fence. */
class PinnedEnumeratorTest {

  private static final Run RUN = new Run("trips", 1, 1, new UUID(0, 0));
  private static final StoreAddress NOWHERE = new StoreAddress("jdbc:postgresql://0/0", "", "");

  private final List<Boolean> backlog = new ArrayList<>();

  @Test
  void thereIsABacklogUntilAllReadersAreAtTheFence() {
    PinnedEnumerator enumerator = enumerator(true);

    enumerator.start();
    enumerator.handleSourceEvent(0, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(false));
    assertThat(backlog).doesNotContain(false);

    enumerator.handleSourceEvent(0, new AtWork(false));
    assertThat(backlog).endsWith(false);
  }

  @Test
  void aReaderThatFailedIsNotWaitedForUntilItReadsAgain() {
    PinnedEnumerator enumerator = enumerator(true);
    enumerator.start();
    enumerator.handleSourceEvent(0, new AtWork(true));
    enumerator.handleSourceEvent(1, new AtWork(true));

    enumerator.addSplitsBack(List.of(), 0);
    enumerator.handleSourceEvent(1, new AtWork(false));
    assertThat(backlog).endsWith(false);

    enumerator.handleSourceEvent(0, new AtWork(true));
    assertThat(backlog).endsWith(true);
  }

  @Test
  void withoutAFenceThereIsNone() {
    enumerator(false).start();

    assertThat(backlog).isEmpty();
  }

  private PinnedEnumerator enumerator(boolean fenced) {
    Pin pin = new Pin("trips", "id", Map.of(0, 0L));
    return new PinnedEnumerator(
        nothing(SplitEnumerator.class),
        context(),
        new PinCheck(List.of(pin), KafkaAddress.of("nowhere:1"), "trips"),
        new FailureNote(RUN, NOWHERE),
        new ReplayRate(RUN, NOWHERE, 0, 1),
        fenced);
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
            (proxy, method, given) -> {
              if (method.getName().equals("setIsProcessingBacklog")) {
                backlog.add((Boolean) given[0]);
              }
              return null;
            });
  }
}
