package io.kappa.jobs.trending;

import io.kappa.common.event.Post;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of {@code trending}, computed from a list of posts as plainly as can be, and with
 * nothing of the job. A table is a map from the values of its key to all its values, in the order
 * of its columns; times are milliseconds since the epoch.
 */
public final class TrendingOracle {

  private static final long FIVE_MINUTES = 300_000;

  private TrendingOracle() {}

  /**
   * The tables, by name.
   *
   * @param accepted the posts that were neither late nor from the future, copies included
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Post> accepted, long minAuthors, int ranks) {
    Map<List<Object>, Set<String>> posts = new HashMap<>();
    Map<List<Object>, Set<String>> authors = new HashMap<>();
    for (Post post : accepted) {
      long bucket = bucket(post.at());
      for (String tag : tags(post.text())) {
        List<Object> key = List.of(tag, bucket);
        posts.computeIfAbsent(key, none -> new HashSet<>()).add(post.postId());
        authors.computeIfAbsent(key, none -> new HashSet<>()).add(post.authorId());
      }
    }
    authors.forEach(
        (key, those) -> {
          if (those.size() < minAuthors) {
            posts.remove(key);
          }
        });
    Map<List<Object>, List<Object>> buckets = new HashMap<>();
    Map<Long, Map<String, Long>> windows = new HashMap<>();
    posts.forEach(
        (key, ids) -> {
          long count = ids.size();
          buckets.put(key, List.of(key.get(0), key.get(1), count, (long) authors.get(key).size()));
          for (int i = 1; i <= 12; i++) {
            windows
                .computeIfAbsent((Long) key.get(1) + i * FIVE_MINUTES, end -> new HashMap<>())
                .merge((String) key.get(0), count, Long::sum);
          }
        });
    return Map.of("hashtag_buckets", buckets, "top_hashtags", top(windows, ranks));
  }

  private static Map<List<Object>, List<Object>> top(
      Map<Long, Map<String, Long>> windows, int ranks) {
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    windows.forEach(
        (end, counts) -> {
          List<String> best = new ArrayList<>(new TreeMap<>(counts).keySet());
          best.sort(Comparator.comparing(counts::get, Comparator.reverseOrder()));
          for (int rank = 1; rank <= Math.min(ranks, best.size()); rank++) {
            String tag = best.get(rank - 1);
            rows.put(List.of(end, rank), List.of(end, rank, tag, counts.get(tag)));
          }
        });
    return rows;
  }

  private static long bucket(long at) {
    Instant hour = Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.HOURS);
    long within = at - hour.toEpochMilli();
    return hour.toEpochMilli() + within - within % FIVE_MINUTES;
  }

  /** Code point by code point. */
  static Set<String> tags(String text) {
    int[] points = Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().toArray();
    Set<String> tags = new LinkedHashSet<>();
    for (int i = 0; i < points.length && tags.size() < 30; i++) {
      boolean begins =
          points[i] == '#'
              && (i == 0
                  || (!isWord(points[i - 1]) && points[i - 1] != '#' && points[i - 1] != '&'));
      if (!begins) {
        continue;
      }
      StringBuilder tag = new StringBuilder();
      for (int j = i + 1; j < points.length && isWord(points[j]); j++) {
        tag.appendCodePoint(points[j]);
      }
      String folded =
          Normalizer.normalize(
              tag.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT),
              Normalizer.Form.NFKC);
      if (folded.length() <= 100 && folded.codePoints().anyMatch(Character::isLetter)) {
        tags.add(folded);
      }
    }
    return tags;
  }

  private static boolean isWord(int point) {
    int type = Character.getType(point);
    return Character.isLetter(point)
        || type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || point == '_';
  }
}
