package io.kappa.local.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Hashtags: half of what is tagged has a tag that is always there, the other half follows trends,
 * of which one begins each hour, rises, and falls until nobody uses it any more.
 */
final class Trends {

  private static final List<String> WORDS =
      List.of(
          "music",
          "food",
          "travel",
          "football",
          "news",
          "movies",
          "science",
          "coding",
          "garden",
          "photo",
          "books",
          "fitness",
          "fashion",
          "history",
          "weather",
          "coffee",
          "art",
          "games",
          "running",
          "cycling",
          "space",
          "nature",
          "recipes",
          "vinyl",
          "chess",
          "sailing",
          "tea",
          "café",
          "müsli",
          "españa",
          "fútbol",
          "été",
          "книги",
          "наука",
          "музыка",
          "ελλάδα",
          "音楽",
          "写真",
          "料理",
          "東京");

  private static final int LASTING = 200;
  private static final double TRENDING = 0.5;
  private static final long BETWEEN = TimeUnit.HOURS.toMillis(1);
  private static final int MOST_HOURS_OF_RISE = 8;
  private static final int FALL_PER_RISE = 3;
  private static final int OPEN = MOST_HOURS_OF_RISE * (1 + FALL_PER_RISE) + 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long SEED = 104;

  private final long seed;
  private final long startAt;
  private final Zipf lasting = new Zipf(LASTING, 1.0);

  Trends(WorldSettings world) {
    this.seed = world.seed(SEED);
    this.startAt = world.common().startAt();
  }

  /** A tag that somebody uses at that time, without the {@code #}. */
  String tag(long at, SplittableRandom random) {
    return random.nextDouble() < TRENDING ? trending(at, random) : lasting(lasting.draw(random));
  }

  private static String lasting(int number) {
    String word = WORDS.get(number % WORDS.size());
    return number < WORDS.size() ? word : word + number / WORDS.size();
  }

  private String trending(long at, SplittableRandom random) {
    long newest = Math.floorDiv(at - startAt, BETWEEN);
    double[] cumulated = new double[OPEN];
    double sum = 0;
    for (int i = 0; i < OPEN; i++) {
      sum += weight(newest - i, at);
      cumulated[i] = sum;
    }
    double point = random.nextDouble() * sum;
    int i = 0;
    while (i < OPEN - 1 && cumulated[i] <= point) {
      i++;
    }
    return name(newest - i);
  }

  /** How much a trend is used at a time, compared with others; 0 where it is over. */
  double weight(long trend, long at) {
    SplittableRandom random = new SplittableRandom(seed ^ (trend * GOLDEN));
    long rise = random.nextLong(BETWEEN, MOST_HOURS_OF_RISE * BETWEEN + 1);
    double strength = 1.0 / (1 + random.nextInt(20));
    double age = (double) (at - startAt - trend * BETWEEN) / rise;
    if (age < 1) {
      return strength * Math.max(0, age);
    }
    return strength * Math.max(0, (1 + FALL_PER_RISE - age) / FALL_PER_RISE);
  }

  /** The tag of a trend; no other trend has it. */
  static String name(long trend) {
    SplittableRandom random = new SplittableRandom(trend * GOLDEN);
    String first = WORDS.get(random.nextInt(WORDS.size()));
    String second = WORDS.get(random.nextInt(WORDS.size()));
    return first + second + (trend < 0 ? "b" + -trend : trend);
  }
}
