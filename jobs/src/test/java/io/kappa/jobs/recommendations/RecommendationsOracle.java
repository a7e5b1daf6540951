package io.kappa.jobs.recommendations;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of {@code recommendations}, computed from a list of events as plainly as can be, and
 * with nothing of the job. A table is a map from the values of its key to all its values, in the
 * order of its columns.
 */
public final class RecommendationsOracle {

  /** The parameters of the job, as its page explains them. */
  public record Settings(
      Set<Kind> kinds, int history, int audience, int minTogether, int seeds, int weightBits) {

    /** The job's defaults. */
    public static Settings defaults() {
      return new Settings(Set.of(Kind.VIEW, Kind.PLAY, Kind.LIKE, Kind.PURCHASE), 50, 500, 2, 5, 2);
    }
  }

  private record Neighbour(String id, int together, int users) {}

  private final Settings settings;
  private final Map<String, List<String>> histories = new HashMap<>();
  private final Map<String, Set<String>> audiences = new HashMap<>();
  private final Map<String, Map<String, Integer>> together = new HashMap<>();
  private final Map<String, List<Neighbour>> similar = new HashMap<>();

  private RecommendationsOracle(Collection<Activity> accepted, Settings settings) {
    this.settings = settings;
    Map<String, Map<String, Long>> byUser = new HashMap<>();
    Map<String, Map<String, Long>> byItem = new HashMap<>();
    for (Activity event : accepted) {
      if (event.userId() != null && settings.kinds().contains(event.kind())) {
        note(byUser, event.userId(), event.itemId(), event.at());
        note(byItem, event.itemId(), event.userId(), event.at());
      }
    }
    byUser.forEach((user, items) -> histories.put(user, newest(items, settings.history())));
    byItem.forEach(
        (item, users) -> audiences.put(item, new HashSet<>(newest(users, settings.audience()))));
    histories.keySet().forEach(this::countPairs);
    audiences.keySet().forEach(item -> similar.put(item, neighbours(item)));
  }

  /**
   * The tables, by name.
   *
   * @param accepted the events that were neither late nor from the future, copies included
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Activity> accepted, Settings settings) {
    RecommendationsOracle oracle = new RecommendationsOracle(accepted, settings);
    return Map.of(
        "similar_items", oracle.similarItems(),
        "user_recommendations", oracle.userRecommendations());
  }

  private static void note(Map<String, Map<String, Long>> latest, String key, String id, long at) {
    latest.computeIfAbsent(key, k -> new HashMap<>()).merge(id, at, Math::max);
  }

  private static List<String> newest(Map<String, Long> latest, int most) {
    return latest.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The items that a user counts for, the newest first. */
  private List<String> counting(String user) {
    return histories.get(user).stream().filter(item -> audiences.get(item).contains(user)).toList();
  }

  private void countPairs(String user) {
    List<String> items = counting(user);
    for (String item : items) {
      Map<String, Integer> others = together.computeIfAbsent(item, k -> new HashMap<>());
      items.stream()
          .filter(other -> !other.equals(item))
          .forEach(other -> others.merge(other, 1, Integer::sum));
    }
  }

  private List<Neighbour> neighbours(String item) {
    return together.getOrDefault(item, Map.of()).entrySet().stream()
        .filter(pair -> pair.getValue() >= settings.minTogether())
        .map(pair -> new Neighbour(pair.getKey(), pair.getValue(), users(pair.getKey())))
        .sorted(
            ((Comparator<Neighbour>) RecommendationsOracle::moreSimilarFirst)
                .thenComparing(Neighbour::id))
        .limit(20)
        .toList();
  }

  private static int moreSimilarFirst(Neighbour one, Neighbour other) {
    return square(other.together)
        .multiply(BigInteger.valueOf(one.users))
        .compareTo(square(one.together).multiply(BigInteger.valueOf(other.users)));
  }

  private static BigInteger square(int number) {
    return BigInteger.valueOf(number).pow(2);
  }

  private int users(String item) {
    return audiences.get(item).size();
  }

  private double cosine(String item, Neighbour other) {
    return other.together / Math.sqrt((double) users(item) * other.users);
  }

  private Map<List<Object>, List<Object>> similarItems() {
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    similar.forEach(
        (item, neighbours) -> {
          for (Neighbour other : neighbours) {
            int rank = neighbours.indexOf(other) + 1;
            rows.put(
                List.of(item, rank),
                List.of(item, rank, other.id, cosine(item, other), (long) other.together));
          }
        });
    return rows;
  }

  private Map<List<Object>, List<Object>> userRecommendations() {
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    for (String user : histories.keySet()) {
      List<Map.Entry<String, Long>> best = recommended(user);
      for (int i = 0; i < best.size(); i++) {
        rows.put(
            List.of(user, i + 1),
            List.of(user, i + 1, best.get(i).getKey(), best.get(i).getValue() / 1_000_000.0));
      }
    }
    return rows;
  }

  private List<Map.Entry<String, Long>> recommended(String user) {
    Map<String, Long> scores = new TreeMap<>();
    for (String seed : counting(user).stream().limit(settings.seeds()).toList()) {
      for (Neighbour other : similar.get(seed)) {
        scores.merge(other.id, weight(cosine(seed, other)), Long::sum);
      }
    }
    scores.keySet().removeAll(histories.get(user));
    List<Map.Entry<String, Long>> best = new ArrayList<>(scores.entrySet());
    best.sort(Map.Entry.<String, Long>comparingByValue().reversed()); // stable: ties by item
    return best.subList(0, Math.min(20, best.size()));
  }

  private long weight(double cosine) {
    String binary = Long.toBinaryString((long) (cosine * 1_000_000));
    int kept = Math.min(settings.weightBits(), binary.length());
    return Long.parseLong(binary.substring(0, kept) + "0".repeat(binary.length() - kept), 2);
  }
}
