package io.kappa.local.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Some of a population are hit each day, each for a number of days: who and when is a pure function
 * of the seed.
 */
final class Episodes {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int MOST_DAYS_KEPT = 32;

  private final long seed;
  private final int population;
  private final int each;
  private final int of;
  private final int days;
  private final Map<Long, Set<Integer>> hitByDay = new HashMap<>();

  /**
   * @param each how many are hit a day ...
   * @param of ... of so many; fewer of a smaller population, on average
   * @param days how many days it lasts, the first one counted
   */
  Episodes(long seed, int population, int each, int of, int days) {
    this.seed = seed;
    this.population = population;
    this.each = each;
    this.of = of;
    this.days = days;
  }

  /** Whether an episode of this one falls into the day. It begins before the first day too. */
  boolean hit(int number, long day) {
    Set<Integer> hit = hitByDay.get(day);
    if (hit == null) {
      if (hitByDay.size() == MOST_DAYS_KEPT) {
        hitByDay.clear();
      }
      hit = during(day);
      hitByDay.put(day, hit);
    }
    return hit.contains(number);
  }

  private Set<Integer> during(long day) {
    Set<Integer> hit = new HashSet<>();
    for (long begun = day - days + 1; begun <= day; begun++) {
      hit.addAll(begun(begun));
    }
    return hit;
  }

  /** Those whose episode begins on the day. */
  Set<Integer> begun(long day) {
    SplittableRandom random = new SplittableRandom(seed ^ (day * GOLDEN));
    Set<Integer> begun = new HashSet<>();
    for (long i = due(day); i < due(day + 1); i++) {
      begun.add(random.nextInt(population));
    }
    return begun;
  }

  /** How many are hit before the day, so that a fraction a day adds up over the days. */
  private long due(long day) {
    return Math.floorDiv(day * population * each, of);
  }
}
