package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.job.Change;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

class TopHashtagsTest {

  private static final int WINDOW = Buckets.of(1_714_564_800_000L);
  private static final long END = Buckets.windowEnd(WINDOW);

  private static TagShare share(String tag, long posts) {
    return new TagShare(WINDOW, tag, posts);
  }

  private static Change<TopHashtag> row(int rank, String tag, long posts) {
    return Change.upsert(new TopHashtag(END, rank, tag, posts));
  }

  @Test
  void sharesOfManySubtasksAreRankedOnceABarrier() throws Exception {
    try (var top = TrendingHarness.topHashtags(2)) {
      top.give(share("a", 1), share("b", 2), share("c", 1), share("a", 2));

      top.barrier();

      assertThat(top.output()).containsExactly(row(1, "a", 3), row(2, "b", 2));
    }
  }

  @Test
  void aTagOutsideTheRanksIsNotForgotten() throws Exception {
    try (var top = TrendingHarness.topHashtags(1)) {
      top.give(share("a", 3), share("b", 2)).barrier();
      top.give(share("b", 2)).barrier();

      assertThat(top.output()).containsExactly(row(1, "a", 3), row(1, "b", 4));
    }
  }

  @Test
  void aWatermarkThatEndsNoWindowSendsNoRanks() throws Exception {
    try (var top = TrendingHarness.topHashtags(50)) {
      top.watermark(Buckets.last(WINDOW) - 2);
      top.give(share("a", 3));

      top.watermark(Buckets.last(WINDOW) - 1);
      top.give(share("a", 1)).barrier();

      assertThat(top.output())
          .containsExactly(
              new Watermark(Buckets.last(WINDOW) - 2),
              new Watermark(Buckets.last(WINDOW) - 1),
              row(1, "a", 4));
    }
  }

  @Test
  void whenTheWindowIsOverItsRanksAreSentAndNothingIsLeft() throws Exception {
    try (var top = TrendingHarness.topHashtags(50)) {
      top.watermark(Buckets.last(WINDOW) - 1);
      top.give(share("a", 3));

      top.watermark(Buckets.last(WINDOW));

      assertThat(top.output())
          .containsExactly(
              new Watermark(Buckets.last(WINDOW) - 1),
              row(1, "a", 3),
              new Watermark(Buckets.last(WINDOW)));
      assertThat(top.state("posts", "ranking")).isEmpty();
      assertThat(top.timers()).isZero();
    }
  }

  @Test
  void aShareThatWasOvertakenStopsTheJob() throws Exception {
    try (var top = TrendingHarness.topHashtags(50)) {
      top.watermark(Buckets.last(WINDOW));

      assertThatThrownBy(() -> top.give(share("a", 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a share was overtaken");
    }
  }
}
