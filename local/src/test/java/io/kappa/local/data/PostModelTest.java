package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Post;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostModelTest {

  private static final int MANY = 100_000;
  private static final long HOUR = 3_600_000;
  private static final WorldSettings WORLD = Worlds.with(Shares.NONE);

  private final List<Post> posts = Worlds.events(PostModel.records(WORLD), MANY);

  @Test
  void aTrendBeginsRisesFallsAndIsOver() {
    Map<String, List<Long>> uses = new HashMap<>();
    posts.forEach(post -> tags(post).forEach(tag -> times(uses, tag).add(post.at())));
    Trends trends = new Trends(WORLD);
    List<Long> largest =
        uses.entrySet().stream()
            .filter(use -> use.getKey().matches(".*[^\\d]\\d{2,}"))
            .map(Map.Entry::getValue)
            .max(Comparator.comparingInt(List::size))
            .orElseThrow();
    int[] perQuarter = new int[4];
    long length = largest.get(largest.size() - 1) - largest.get(0) + 1;
    largest.forEach(at -> perQuarter[(int) ((at - largest.get(0)) * 4 / length)]++);

    assertThat(largest).hasSizeGreaterThan(80);
    assertThat(length).isLessThan(32 * HOUR);
    // A quarter of its time it rises, three quarters it falls.
    assertThat(perQuarter[3]).isLessThan(perQuarter[2]);
    assertThat(perQuarter[2]).isLessThan(perQuarter[1]);
    assertThat(trends.weight(100, Worlds.START + 100 * HOUR - 1)).isZero();
    assertThat(trends.weight(100, Worlds.START + 132 * HOUR)).isZero();
    assertThat(rising(trends)).isTrue();
  }

  /** Its weight grows to one peak and then only shrinks. */
  private static boolean rising(Trends trends) {
    double before = 0;
    boolean falling = false;
    for (long minute = 0; minute <= 33 * 60; minute++) {
      double weight = trends.weight(100, Worlds.START + 100 * HOUR + minute * 60_000);
      if (falling && weight > before) {
        return false;
      }
      falling |= weight < before;
      before = weight;
    }
    return falling && before == 0;
  }

  @Test
  void halfOfTheTagsAreAlwaysThereAndAFewOfThemArePopular() {
    Map<String, Integer> uses = new HashMap<>();
    posts.forEach(post -> tags(post).forEach(tag -> uses.merge(tag, 1, Integer::sum)));
    int all = uses.values().stream().mapToInt(Integer::intValue).sum();
    int lasting =
        uses.entrySet().stream()
            .filter(use -> use.getKey().matches("\\p{L}+[1-4]?"))
            .mapToInt(Map.Entry::getValue)
            .sum();

    assertThat(lasting / (double) all).isCloseTo(0.5, within(0.02));
    assertThat(uses.get("music") / (double) lasting).isCloseTo(0.17, within(0.01));
    assertThat(uses).hasSizeGreaterThan(400);
  }

  @Test
  void aPostHasUpToFourTagsSpelledAsPeopleLike() {
    double tagged = posts.stream().filter(post -> !tags(post).isEmpty()).count() / (double) MANY;
    long spellings =
        posts.stream()
            .flatMap(post -> Arrays.stream(post.text().split(" ")))
            .filter(word -> word.equalsIgnoreCase("#café"))
            .distinct()
            .count();

    assertThat(tagged).isCloseTo(0.8, within(0.01));
    assertThat(spellings).isEqualTo(3);
    assertThat(posts).allMatch(post -> tags(post).size() <= 8);
    assertThat(posts.stream().filter(post -> post.lang() == null).count() / (double) MANY)
        .isCloseTo(0.1, within(0.01));
  }

  private static List<Long> times(Map<String, List<Long>> uses, String tag) {
    return uses.computeIfAbsent(tag, key -> new ArrayList<>());
  }

  private static List<String> tags(Post post) {
    return Arrays.stream(post.text().split(" "))
        .filter(word -> word.startsWith("#"))
        .map(word -> word.substring(1).toLowerCase(Locale.ROOT))
        .toList();
  }
}
