package io.kappa.jobs.newsfeed;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The table of {@code news-feed}, computed from lists of posts and follow events as plainly as can
 * be, and with nothing of the job. A table is a map from the values of its key to all its values,
 * in the order of its columns; times are milliseconds since the epoch.
 */
public final class NewsFeedOracle {

  private NewsFeedOracle() {}

  /**
   * The tables, by name.
   *
   * @param posts those that were neither late nor from the future, copies included, each
   *     partition's in its order
   * @param follows likewise
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Post> posts, Collection<Follow> follows, int size) {
    Map<List<Object>, Post> each = new LinkedHashMap<>();
    posts.forEach(
        post -> each.putIfAbsent(List.of(post.at(), post.postId(), post.authorId()), post));
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    for (String user :
        follows.stream().map(Follow::followerId).collect(Collectors.toCollection(TreeSet::new))) {
      each.values().stream()
          .filter(post -> follows(follows, user, post))
          .sorted(
              Comparator.comparingLong(Post::at)
                  .reversed()
                  .thenComparing(Post::postId)
                  .thenComparing(Post::authorId))
          .limit(size)
          .forEach(
              post ->
                  rows.putIfAbsent(
                      List.of(user, post.postId()),
                      List.of(user, post.postId(), post.authorId(), post.at(), post.text())));
    }
    return Map.of("feed", rows);
  }

  /** Whether the last that the user said of the author up to the post is that they follow. */
  private static boolean follows(Collection<Follow> follows, String user, Post post) {
    List<Follow> said =
        follows.stream()
            .filter(follow -> follow.followerId().equals(user))
            .filter(follow -> follow.followeeId().equals(post.authorId()))
            .filter(follow -> follow.at() <= post.at())
            .toList();
    long last = said.stream().mapToLong(Follow::at).max().orElse(Long.MIN_VALUE);
    return !said.isEmpty()
        && said.stream().filter(follow -> follow.at() == last).allMatch(Follow::active);
  }
}
