package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts and follow events of one author. */
class FollowersTest {

  private static final PostKey POST = new PostKey(100, "p", "ann");

  private final List<Delivery> sent = new ArrayList<>();
  private JoinedOperators operators;

  @BeforeEach
  void open() throws Exception {
    operators = new JoinedOperators(2);
  }

  @AfterEach
  void close() throws Exception {
    operators.close();
  }

  private void post(String id, long at, String text) throws Exception {
    operators.post(new Post(id, "ann", text, at, null));
    sent.addAll(operators.deliveries(operators.messages()));
  }

  private void post(long at) throws Exception {
    post("p", at, "text");
  }

  private void follow(String who, boolean active, long at) throws Exception {
    operators.follow(new Follow(who, "ann", active, at));
    sent.addAll(operators.deliveries(operators.messages()));
  }

  @Test
  void aPostGoesToWhoFollowsAtItsTime() throws Exception {
    follow("bob", true, 50);
    follow("eve", true, 50);
    follow("eve", false, 60);

    post(100);

    assertThat(sent).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }

  @Test
  void whoIsReadToFollowAfterThePostWasReadGetsIt() throws Exception {
    post(100);

    follow("bob", true, 50);

    assertThat(sent).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }

  @Test
  void whoBeginsAtThePostsVeryMomentGetsIt() throws Exception {
    post(100);

    follow("bob", true, 100);

    assertThat(sent).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }

  @Test
  void whoIsReadToHaveCeasedBeforeHasThePostTakenBack() throws Exception {
    follow("bob", true, 50);
    post(100);

    follow("bob", false, 70);

    assertThat(sent)
        .containsExactly(
            new Delivery(List.of("bob"), POST, "text"), new Delivery(List.of("bob"), POST, null));
  }

  @Test
  void whoCeasesLaterKeepsThePost() throws Exception {
    follow("bob", true, 50);
    post(100);

    follow("bob", false, 101);

    assertThat(sent).hasSize(1);
  }

  @Test
  void aCopyOfAPostIsSentToNobodyAgain() throws Exception {
    follow("bob", true, 50);
    post("p", 100, "text");

    post("p", 100, "another text");
    follow("eve", true, 60);

    assertThat(sent)
        .containsExactly(
            new Delivery(List.of("bob"), POST, "text"), new Delivery(List.of("eve"), POST, "text"));
  }

  @Test
  void manyPostsThatAFollowEventBringsComeInSeveralMessagesAndEachOnce() throws Exception {
    int posts = 2 * AuthorPosts.TOGETHER + 1;
    for (int i = 0; i < posts; i++) {
      post("p" + i, 100 + i, "text");
    }

    operators.follow(new Follow("bob", "ann", true, 50));
    List<ShardMessage> messages = operators.messages();
    sent.addAll(operators.deliveries(messages));

    assertThat(messages).extracting(ShardMessage::last).containsExactly(false, false, true);
    assertThat(sent)
        .extracting(delivery -> delivery.post().postId())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, posts).mapToObj(i -> "p" + i).toList());
  }

  @Test
  void manyPostsThatAFollowEventTakesBackGoOnceEach() throws Exception {
    follow("bob", true, 50);
    int posts = 2 * AuthorPosts.TOGETHER;
    for (int i = 0; i < posts; i++) {
      post("p" + i, 100 + i, "text");
    }
    sent.clear();

    follow("bob", false, 60);
    follow("bob", false, 60);

    assertThat(sent)
        .hasSize(posts)
        .allMatch(delivery -> delivery.text() == null)
        .extracting(Delivery::post)
        .doesNotHaveDuplicates();
    assertThat(operators.followers()).isEqualTo(1);
  }

  @Test
  void postsBeforeAFollowEventAreNotSentWithIt() throws Exception {
    post("before", 100, "text");
    post("after", 200, "text");

    operators.follow(new Follow("bob", "ann", true, 150));

    assertThat(operators.messages())
        .flatExtracting(ShardMessage::posts)
        .extracting(post -> post.key().postId())
        .containsExactly("after");
  }

  @Test
  void whenTheWatermarkHasPassedAllOnlyWhoFollowsIsLeft() throws Exception {
    follow("bob", true, 50);
    follow("eve", true, 50);
    follow("eve", false, 60);
    post(100);

    operators.watermark(100);

    assertThat(operators.state()).containsExactly("count", "followers");
    assertThat(operators.timers()).isZero();
    follow("bob", false, 200);
    operators.watermark(200);
    assertThat(operators.state()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thereAreAsManyFollowersAsAreCounted(long seed) throws Exception {
    Random random = new Random(seed);
    Set<String> follows = new HashSet<>();
    for (int at = 1; at <= 500; at++) {
      String who = "u" + random.nextInt(20);
      boolean active = random.nextInt(3) == 0;
      follow(who, active, at);
      if (active) {
        follows.add(who);
      } else {
        follows.remove(who);
      }
      if (random.nextInt(10) == 0) {
        operators.watermark(at);
        assertThat(operators.followers()).isEqualTo(follows.size());
      }
    }
  }

  @Test
  void whoComesBackGetsPostsAgain() throws Exception {
    follow("bob", true, 50);
    follow("bob", false, 60);
    operators.watermark(60);
    follow("bob", true, 70);

    post(100);

    assertThat(sent).containsExactly(new Delivery(List.of("bob"), POST, "text"));
  }
}
