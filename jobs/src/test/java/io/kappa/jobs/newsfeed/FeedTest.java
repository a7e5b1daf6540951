package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.job.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final Feed EMPTY = new Feed(List.of(), 2);

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

  private static List<Change<FeedRow>> changes(Feed before, Feed after) throws Exception {
    return after.changesSince(before, "bob", post -> "text " + post.at());
  }

  private static Change<FeedRow> shown(long at) {
    return Change.upsert(FeedRow.of("bob", post(at), "text " + at));
  }

  private static Change<FeedRow> deleted(long at) {
    return Change.delete(FeedRow.of("bob", post(at), ""));
  }

  @Test
  void whatFallsOutIsDeleted() throws Exception {
    assertThat(changes(feed(10, 20), feed(10, 20, 30))).containsExactly(deleted(10), shown(30));
  }

  @Test
  void whatWasTakenBackLetsTheNextOneIn() throws Exception {
    Feed before = feed(10, 20, 30);

    Feed after = before.with(Map.of(post(30), Optional.empty()));

    assertThat(changes(before, after)).containsExactly(deleted(30), shown(10));
  }

  @Test
  void anIdThatWasUsedTwiceShowsTheNewerPost() throws Exception {
    PostKey again = new PostKey(40, "p10", "eve");

    Feed after = feed(10).with(Map.of(again, Optional.of("again")));

    assertThat(changes(feed(10), after))
        .containsExactly(Change.upsert(new FeedRow("bob", "p10", "eve", 40, "text 40")));
  }

  @Test
  void neededIsWhatMayStillBeShown() {
    assertThat(feed(10, 20, 30, 40, 50).needed(30).posts())
        .containsExactly(post(50), post(40), post(30), post(20));
    assertThat(feed(10, 20, 30).needed(Long.MIN_VALUE).posts()).hasSize(3);
    assertThat(feed(10, 20, 30).needed(Long.MAX_VALUE).posts()).containsExactly(post(30), post(20));
  }

  @Test
  void whatComesAgainIsInItOnceAndInItsPlace() {
    Feed feed = feed(10, 30).with(Map.of(post(20), Optional.of("new"), post(30), Optional.of("")));

    assertThat(feed.posts()).containsExactly(post(30), post(20), post(10));
    assertThat(feed.has(post(20))).isTrue();
    assertThat(feed.has(post(25))).isFalse();
  }
}
