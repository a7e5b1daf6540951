package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final int WINDOW = 5_715_166;
  private static final long END = Buckets.windowEnd(WINDOW);

  @Test
  void tiesAreBrokenByTheTag() {
    Ranking ranking = Ranking.NONE.with(Map.of("b", 2L, "a", 2L, "c", 3L), 50);

    assertThat(ranking.changesSince(Ranking.NONE, WINDOW))
        .containsExactly(
            new TopHashtag(END, 1, "c", 3),
            new TopHashtag(END, 2, "a", 2),
            new TopHashtag(END, 3, "b", 2));
  }

  @Test
  void onlyRanksThatChangedAreSent() {
    Ranking before = Ranking.NONE.with(Map.of("a", 5L, "b", 4L, "c", 3L), 50);

    Ranking after = before.with(Map.of("c", 4L), 50);

    assertThat(after.changesSince(before, WINDOW)).containsExactly(new TopHashtag(END, 3, "c", 4));
  }

  @Test
  void aTagThatFallsOutLeavesItsRankToAnother() {
    Ranking before = Ranking.NONE.with(Map.of("a", 5L, "b", 4L), 2);

    Ranking after = before.with(Map.of("c", 9L), 2);

    assertThat(after.changesSince(before, WINDOW))
        .containsExactly(new TopHashtag(END, 1, "c", 9), new TopHashtag(END, 2, "a", 5));
  }

  @Test
  void aTagThatComesBackIsRankedByAllOfItsPosts() {
    Ranking fallen = Ranking.NONE.with(Map.of("a", 5L), 1).with(Map.of("b", 6L), 1);

    Ranking back = fallen.with(Map.of("a", 7L), 1);

    assertThat(back.changesSince(fallen, WINDOW)).containsExactly(new TopHashtag(END, 1, "a", 7));
  }
}
