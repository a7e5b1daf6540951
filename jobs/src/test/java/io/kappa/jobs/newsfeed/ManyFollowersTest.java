package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** An author whom very many follow: a post is several pieces of work, none of them large. */
class ManyFollowersTest {

  private static final int FOLLOWERS = 100_000;
  private static final int SHARDS = 8;

  @Test
  void eachFollowerGetsThePostOnceAndNoShardHasMuchMoreThanItsPart() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<
            Tuple2<String, Integer>, PostCopy, FollowChange, Delivery>
        flinks =
            new KeyedTwoInputStreamOperatorTestHarness<>(
                new Deliveries(),
                post -> Tuple2.of(post.authorId(), post.shard()),
                follow -> Tuple2.of(follow.authorId(), follow.shard()),
                Types.TUPLE(Types.STRING, Types.INT))) {
      flinks.open();
      for (int i = 0; i < FOLLOWERS; i++) {
        int shard = NewsFeed.shard("u" + i, SHARDS);
        flinks.processElement2(
            new StreamRecord<>(new FollowChange("ann", shard, "u" + i, true, 50)));
      }
      List<String> reached = new ArrayList<>();
      int largest = 0;
      long longest = 0;
      for (int shard = 0; shard < SHARDS; shard++) {
        int before = reached.size();
        long begun = System.nanoTime();
        flinks.processElement1(new StreamRecord<>(new PostCopy("ann", shard, "p", 100, "text")));
        longest = Math.max(longest, System.nanoTime() - begun);
        for (Delivery delivery : flinks.extractOutputValues()) {
          assertThat(delivery.userIds()).hasSizeBetween(1, 1_000);
          reached.addAll(delivery.userIds());
        }
        flinks.getOutput().clear();
        largest = Math.max(largest, reached.size() - before);
      }

      System.out.printf(
          Locale.ROOT,
          "a post to %,d followers in %d shards: the longest piece took %.1f ms%n",
          FOLLOWERS,
          SHARDS,
          longest / 1e6);
      assertThat(reached).hasSize(FOLLOWERS).doesNotHaveDuplicates();
      assertThat(largest).isLessThan(FOLLOWERS / SHARDS * 11 / 10);
    }
  }
}
