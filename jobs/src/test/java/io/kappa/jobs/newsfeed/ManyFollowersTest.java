package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** An author whom very many follow: a post is several pieces of work, none of them large. */
class ManyFollowersTest {

  private static final int FOLLOWERS = 100_000;
  private static final int SHARDS = 8;

  @Test
  void eachFollowerGetsThePostOnceAndNoShardHasMuchMoreThanItsPart() throws Exception {
    try (JoinedOperators operators = new JoinedOperators(SHARDS)) {
      for (int i = 0; i < FOLLOWERS; i++) {
        operators.follow(new Follow("u" + i, "ann", true, 50));
      }
      operators.deliveries(operators.messages());
      operators.post(new Post("p", "ann", "text", 100, null));
      List<ShardMessage> pieces = operators.messages();
      List<String> reached = new ArrayList<>();
      int largest = 0;
      long longest = 0;
      for (ShardMessage piece : pieces) {
        int before = reached.size();
        long begun = System.nanoTime();
        List<Delivery> deliveries = operators.deliveries(List.of(piece));
        longest = Math.max(longest, System.nanoTime() - begun);
        for (Delivery delivery : deliveries) {
          assertThat(delivery.userIds()).hasSizeBetween(1, 1_000);
          reached.addAll(delivery.userIds());
        }
        largest = Math.max(largest, reached.size() - before);
      }

      System.out.printf(
          Locale.ROOT,
          "a post to %,d followers in %d shards: the longest piece took %.1f ms%n",
          FOLLOWERS,
          SHARDS,
          longest / 1e6);
      assertThat(pieces).hasSize(SHARDS);
      assertThat(reached).hasSize(FOLLOWERS).doesNotHaveDuplicates();
      assertThat(largest).isLessThan(FOLLOWERS / SHARDS * 11 / 10);
    }
  }
}
