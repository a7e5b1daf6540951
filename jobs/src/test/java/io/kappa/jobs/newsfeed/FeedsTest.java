package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.job.Change;
import io.kappa.jobs.script.CollectedOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries to one user, whose feed shows two posts. */
class FeedsTest {

  private final CollectedOutput<Change<FeedRow>> output = new CollectedOutput<>();
  private final Feeds operator = new Feeds(2);
  private KeyedOneInputStreamOperatorTestHarness<String, Delivery, Change<FeedRow>> flinks;
  private int seen;

  @BeforeEach
  void open() throws Exception {
    flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, Delivery::address, Types.STRING, 128, 1, 0);
    flinks.setOutputCreator(serializer -> output);
    flinks.getExecutionConfig().enableObjectReuse();
    flinks.open();
  }

  @AfterEach
  void close() throws Exception {
    flinks.close();
  }

  private void deliver(long at, String text) throws Exception {
    PostKey post = new PostKey(at, "p" + at, "ann");
    flinks.processElement(new StreamRecord<>(new Delivery(List.of("bob"), post, text)));
  }

  /** What the next barrier brings. */
  private List<Object> barrier() throws Exception {
    flinks.prepareSnapshotPreBarrier(1);
    List<Object> all = output.sent();
    List<Object> fresh =
        new ArrayList<>(all.subList(seen, all.size()))
            .stream().filter(Change.class::isInstance).toList();
    seen = all.size();
    return fresh;
  }

  /** What is in state, newest first; each post of the order has a text, and no other post has. */
  private List<String> texts() throws Exception {
    MapState<PostKey, String> texts =
        state(new MapStateDescriptor<>("texts", TypeInformation.of(PostKey.class), Types.STRING));
    List<PostKey> order =
        state(new ValueStateDescriptor<>("order", TypeInformation.of(FeedOrder.class)))
            .value()
            .posts();
    assertThat(texts.keys()).containsExactlyInAnyOrderElementsOf(order);
    List<String> all = new ArrayList<>();
    for (PostKey post : order) {
      all.add(texts.get(post));
    }
    return all;
  }

  private <S extends State> S state(StateDescriptor<S, ?> descriptor) throws Exception {
    KeyedStateBackend<String> backend = operator.getKeyedStateBackend();
    backend.setCurrentKey("bob");
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
  }

  private static Change<FeedRow> shown(long at) {
    return Change.upsert(new FeedRow("bob", "p" + at, "ann", at, "text " + at));
  }

  private static Change<FeedRow> deleted(long at) {
    return Change.delete(new FeedRow("bob", "p" + at, "ann", at, ""));
  }

  @Test
  void aPostThatComesAndFallsOutBetweenTwoBarriersIsNeverSent() throws Exception {
    deliver(10, "text 10");
    deliver(20, "text 20");
    deliver(30, "text 30");

    assertThat(barrier()).containsExactlyInAnyOrder(shown(20), shown(30));
  }

  @Test
  void aPostThatFellOutComesBackWhenANewerOneIsTakenBack() throws Exception {
    deliver(10, "text 10");
    deliver(20, "text 20");
    deliver(30, "text 30");
    barrier();

    deliver(30, null);

    assertThat(barrier()).containsExactly(deleted(30), shown(10));
  }

  @Test
  void whatCanNeverBeShownAgainIsForgotten() throws Exception {
    deliver(10, "text 10");
    deliver(20, "text 20");
    deliver(30, "text 30");
    flinks.processWatermark(30);
    barrier();

    deliver(40, "text 40");
    barrier();

    assertThat(texts()).containsExactly("text 40", "text 30", "text 20");
    deliver(40, null);
    assertThat(barrier()).containsExactly(deleted(40), shown(20));
  }

  @Test
  void aPostThatIsTakenBackAndComesAgainIsThereOnce() throws Exception {
    deliver(10, "text 10");
    deliver(10, null);
    deliver(10, "text 10");
    assertThat(barrier()).containsExactly(shown(10));
    assertThat(texts()).containsExactly("text 10");

    deliver(10, null);
    deliver(10, "text 10");
    assertThat(barrier()).isEmpty();
    assertThat(texts()).containsExactly("text 10");

    deliver(20, "text 20");
    deliver(10, null);
    assertThat(barrier()).containsExactly(deleted(10), shown(20));
    assertThat(texts()).containsExactly("text 20");

    deliver(10, "text 10");
    assertThat(barrier()).containsExactly(shown(10));
    assertThat(texts()).containsExactly("text 20", "text 10");
  }

  @Test
  void ofAFeedThatIsEmptyNothingIsLeft() throws Exception {
    deliver(10, "text 10");
    assertThat(barrier()).containsExactly(shown(10));
    deliver(10, null);

    assertThat(barrier()).containsExactly(deleted(10));

    assertThat(flinks.numKeyedStateEntries()).isZero();
  }
}
