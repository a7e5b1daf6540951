package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FollowModelTest {

  private static final int MANY = 50_000;
  private static final WorldSettings WORLD = Worlds.with(Shares.NORMAL.with(0.01, 0.01, 0));

  private final List<Follow> events = Worlds.events(FollowModel.records(WORLD), MANY);

  @Test
  void aFewAuthorsHaveFarMoreFollowersThanTheRest() {
    Map<String, Set<String>> followers = new HashMap<>();
    for (Follow event : events) {
      Set<String> own = followers.computeIfAbsent(event.followeeId(), key -> new HashSet<>());
      if (event.active()) {
        own.add(event.followerId());
      } else {
        own.remove(event.followerId());
      }
    }
    List<Integer> counts = new ArrayList<>(followers.values().stream().map(Set::size).toList());
    counts.sort(Collections.reverseOrder());

    // 2,000 users: the most popular author is followed by most of those who follow anybody.
    assertThat(counts.get(0)).isGreaterThan(1_000);
    assertThat(counts.get(0)).isGreaterThan(100 * counts.get(counts.size() / 2));
    assertThat(counts.get(9)).isGreaterThan(15 * counts.get(counts.size() / 2));
    assertThat(counts.get(99)).isLessThan(counts.get(0) / 20);
  }

  @Test
  void whoeverStopsFollowingFollowedBefore() {
    Map<List<String>, Long> followedAt = new HashMap<>();
    int stopped = 0;
    for (Follow event : events) {
      List<String> pair = List.of(event.followerId(), event.followeeId());
      if (event.active()) {
        followedAt.merge(pair, event.at(), Math::min);
      } else {
        stopped++;
        assertThat(followedAt.get(pair)).isNotNull().isLessThan(event.at());
      }
      assertThat(event.followerId()).isNotEqualTo(event.followeeId());
    }

    assertThat(stopped / (double) MANY).isCloseTo(0.09, within(0.02));
  }

  @Test
  void theMostPopularAuthorWritesMoreThanOthersAndNotMostOfAll() {
    int top = new Authors(WORLD).atRank(0);

    List<Post> posts = Worlds.events(PostModel.records(WORLD), MANY);

    long own = posts.stream().filter(post -> post.authorId().equals("u" + top)).count();
    assertThat(own / (double) MANY).isBetween(0.001, 0.003);
  }
}
