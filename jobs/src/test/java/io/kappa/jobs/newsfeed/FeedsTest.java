package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.job.Change;
import io.kappa.jobs.script.CollectedOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries to one user, whose feed shows two posts. */
class FeedsTest {

  private final CollectedOutput<Change<FeedRow>> output = new CollectedOutput<>();
  private KeyedOneInputStreamOperatorTestHarness<String, Delivery, Change<FeedRow>> flinks;
  private int seen;

  @BeforeEach
  void open() throws Exception {
    flinks =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new Feeds(2), Delivery::address, Types.STRING, 128, 1, 0);
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

  private static FeedRow row(long at) {
    return new FeedRow("bob", "p" + at, "ann", at, "text " + at);
  }

  @Test
  void aPostThatComesAndFallsOutBetweenTwoBarriersIsNeverSent() throws Exception {
    deliver(10, "text 10");
    deliver(20, "text 20");
    deliver(30, "text 30");

    assertThat(barrier()).containsExactlyInAnyOrder(Change.upsert(row(20)), Change.upsert(row(30)));
  }

  @Test
  void aPostThatFellOutComesBackWhenANewerOneIsTakenBack() throws Exception {
    deliver(10, "text 10");
    deliver(20, "text 20");
    deliver(30, "text 30");
    barrier();

    deliver(30, null);

    assertThat(barrier()).containsExactly(Change.delete(row(30)), Change.upsert(row(10)));
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

    assertThat(flinks.numKeyedStateEntries()).isEqualTo(1);
    deliver(40, null);
    assertThat(barrier()).containsExactly(Change.delete(row(40)), Change.upsert(row(20)));
  }
}
