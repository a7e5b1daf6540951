package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts and follow events of one author, one shard. */
class DeliveriesTest {

  private static final PostKey POST = new PostKey(100, "p", "ann");

  private final Deliveries operator = new Deliveries();
  private KeyedTwoInputStreamOperatorTestHarness<
          Tuple2<String, Integer>, PostCopy, FollowChange, Delivery>
      flinks;

  @BeforeEach
  void open() throws Exception {
    flinks =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator,
            post -> Tuple2.of(post.authorId(), post.shard()),
            follow -> Tuple2.of(follow.authorId(), follow.shard()),
            Types.TUPLE(Types.STRING, Types.INT));
    flinks.getExecutionConfig().enableObjectReuse();
    flinks.open();
  }

  @AfterEach
  void close() throws Exception {
    flinks.close();
  }

  private void post(long at) throws Exception {
    flinks.processElement1(new StreamRecord<>(new PostCopy("ann", 0, "p", at, "text")));
  }

  private void follow(String who, boolean active, long at) throws Exception {
    flinks.processElement2(new StreamRecord<>(new FollowChange("ann", 0, who, active, at)));
  }

  private void watermark(long at) throws Exception {
    flinks.processWatermark1(new Watermark(at));
    flinks.processWatermark2(new Watermark(at));
  }

  private List<Delivery> sent() {
    return flinks.extractOutputStreamRecords().stream()
        .<Delivery>map(StreamRecord::getValue)
        .toList();
  }

  private Set<String> state() {
    KeyedStateBackend<Tuple2<String, Integer>> backend = operator.getKeyedStateBackend();
    Set<String> left = new TreeSet<>();
    for (String name : List.of("posts", "followers")) {
      try (Stream<Tuple2<Tuple2<String, Integer>, Object>> keys =
          backend.getKeysAndNamespaces(name)) {
        keys.forEach(key -> left.add(name));
      }
    }
    return left;
  }

  @Test
  void aPostGoesToWhoFollowsAtItsTime() throws Exception {
    follow("bob", true, 50);
    follow("eve", true, 50);
    follow("eve", false, 60);

    post(100);

    assertThat(sent()).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }

  @Test
  void whoIsReadToFollowAfterThePostWasReadGetsIt() throws Exception {
    post(100);

    follow("bob", true, 50);

    assertThat(sent()).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }

  @Test
  void whoIsReadToHaveCeasedBeforeHasThePostTakenBack() throws Exception {
    follow("bob", true, 50);
    post(100);

    follow("bob", false, 70);

    assertThat(sent())
        .containsExactly(
            new Delivery(List.of("bob"), POST, "text"), new Delivery(List.of("bob"), POST, null));
  }

  @Test
  void whoCeasesLaterKeepsThePost() throws Exception {
    follow("bob", true, 50);
    post(100);

    follow("bob", false, 101);

    assertThat(sent()).hasSize(1);
  }

  @Test
  void aCopyOfAPostIsSentToNobodyAgain() throws Exception {
    follow("bob", true, 50);
    post(100);

    post(100);

    assertThat(sent()).hasSize(1);
  }

  @Test
  void whenTheWatermarkHasPassedAllOnlyWhoFollowsIsLeft() throws Exception {
    follow("bob", true, 50);
    follow("eve", true, 50);
    follow("eve", false, 60);
    post(100);

    watermark(100);

    assertThat(state()).containsExactly("followers");
    assertThat(flinks.numEventTimeTimers()).isZero();
    follow("bob", false, 200);
    watermark(200);
    assertThat(state()).isEmpty();
  }
}
