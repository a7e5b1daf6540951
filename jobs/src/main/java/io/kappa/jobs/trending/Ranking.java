package io.kappa.jobs.trending;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags with the most posts in a window, and how many those are, place by place. Two arrays, as
 * that's the smallest form of a list of pairs on disk.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record Ranking(String[] tags, long[] posts) {

  static final Ranking NONE = new Ranking(new String[0], new long[0]);

  private static final Comparator<Map.Entry<String, Long>> BEST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  int size() {
    return tags.length;
  }

  /**
   * The ranking after some tags got more posts. Posts never become fewer, so whoever is in it now
   * was in it before, or is one of those.
   *
   * @param grown tag -> all of its posts in the window
   */
  Ranking with(Map<String, Long> grown, int ranks) {
    Map<String, Long> candidates = new HashMap<>(grown);
    for (int i = 0; i < tags.length; i++) {
      candidates.putIfAbsent(tags[i], posts[i]);
    }
    List<Map.Entry<String, Long>> best =
        candidates.entrySet().stream().sorted(BEST_FIRST).limit(ranks).toList();
    return new Ranking(
        best.stream().map(Map.Entry::getKey).toArray(String[]::new),
        best.stream().mapToLong(Map.Entry::getValue).toArray());
  }

  /** The rows that are other than in the ranking before, which had no more ranks than this one. */
  List<TopHashtag> changesSince(Ranking before, int window) {
    List<TopHashtag> changed = new ArrayList<>();
    for (int i = 0; i < tags.length; i++) {
      boolean same =
          i < before.size() && tags[i].equals(before.tags[i]) && posts[i] == before.posts[i];
      if (!same) {
        changed.add(new TopHashtag(Buckets.windowEnd(window), i + 1, tags[i], posts[i]));
      }
    }
    return changed;
  }
}
