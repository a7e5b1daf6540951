package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpisodesTest {

  @Test
  void whoIsHitStaysSoForTheDaysAndNotLonger() {
    Episodes episodes = new Episodes(7, 10_000, 2, 10_000, 28);
    Episodes again = new Episodes(7, 10_000, 2, 10_000, 28);

    for (long day = -40; day < 100; day++) {
      Set<Integer> expected = new HashSet<>();
      for (long begun = day - 27; begun <= day; begun++) {
        expected.addAll(again.begun(begun));
      }
      Set<Integer> hit = new HashSet<>();
      for (int number = 0; number < 10_000; number++) {
        if (episodes.hit(number, day)) {
          hit.add(number);
        }
      }
      assertThat(hit).isEqualTo(expected).hasSizeBetween(50, 56);
    }
  }

  @Test
  void ofASmallPopulationOneIsHitNowAndThen() {
    Episodes episodes = new Episodes(7, 1_000, 2, 10_000, 28);
    int begun = 0;
    for (long day = -500; day < 500; day++) {
      assertThat(episodes.begun(day)).hasSizeLessThanOrEqualTo(1);
      begun += episodes.begun(day).size();
    }

    assertThat(begun).isEqualTo(200);
  }
}
