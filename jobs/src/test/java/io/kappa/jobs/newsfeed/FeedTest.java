package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.job.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final Feed EMPTY = new Feed(new TreeMap<>(PostKey.NEWEST_FIRST), 2);

  private static PostKey post(long at) {
    return new PostKey(at, "p" + at, "ann");
  }

  private static Feed feed(long... times) {
    Map<PostKey, Optional<String>> posts = new HashMap<>();
    for (long at : times) {
      posts.put(post(at), Optional.of("text " + at));
    }
    return EMPTY.with(posts);
  }

  private static FeedRow row(long at) {
    return new FeedRow("bob", "p" + at, "ann", at, "text " + at);
  }

  @Test
  void whatFallsOutIsDeleted() {
    assertThat(feed(10, 20, 30).changesSince(feed(10, 20), "bob"))
        .containsExactly(Change.delete(row(10)), Change.upsert(row(30)));
  }

  @Test
  void whatWasTakenBackLetsTheNextOneIn() {
    Feed before = feed(10, 20, 30);

    Feed after = before.with(Map.of(post(30), Optional.empty()));

    assertThat(after.changesSince(before, "bob"))
        .containsExactly(Change.delete(row(30)), Change.upsert(row(10)));
  }

  @Test
  void anIdThatWasUsedTwiceShowsTheNewerPost() {
    PostKey again = new PostKey(40, "p10", "eve");

    Feed after = feed(10).with(Map.of(again, Optional.of("again")));

    assertThat(after.changesSince(feed(10), "bob"))
        .containsExactly(Change.upsert(new FeedRow("bob", "p10", "eve", 40, "again")));
  }

  @Test
  void neededIsWhatMayStillBeShown() {
    assertThat(feed(10, 20, 30, 40, 50).needed(30).keySet())
        .containsExactlyInAnyOrder(post(50), post(40), post(30), post(20));
    assertThat(feed(10, 20, 30).needed(Long.MIN_VALUE)).hasSize(3);
    assertThat(feed(10, 20, 30).needed(Long.MAX_VALUE).keySet())
        .containsExactlyInAnyOrder(post(30), post(20));
  }
}
