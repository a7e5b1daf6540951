package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.job.Change;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

class TagCountsTest {

  private static final int NOON = Buckets.of(1_714_564_800_000L);
  private static final int FIVE_PAST = NOON + 1;

  private static TaggedPost post(int bucket, String id, String author) {
    return new TaggedPost("flink", bucket, id, author);
  }

  private static Change<HashtagBucket> row(int bucket, long posts, long authors) {
    return Change.upsert(new HashtagBucket("flink", Buckets.first(bucket), posts, authors));
  }

  private static List<TagShare> shares(int bucket, long posts) {
    return IntStream.range(bucket, bucket + 12)
        .mapToObj(window -> new TagShare(window, "flink", posts))
        .toList();
  }

  @Test
  void betweenTwoBarriersATagCostsOneRowAndAShareForEachOfItsWindows() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.give(post(NOON, "1", "ann"), post(NOON, "2", "ann"), post(NOON, "3", "bob"));
      assertThat(counts.output()).isEmpty();

      counts.barrier();

      assertThat(counts.output().get(0)).isEqualTo(row(NOON, 3, 2));
      assertThat(counts.output().subList(1, 13)).isEqualTo(shares(NOON, 3));
      assertThat(counts.output()).hasSize(13);
    }
  }

  @Test
  void aCopyAfterTheBarrierCountsNothing() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.give(post(NOON, "1", "ann")).barrier();
      counts.give(post(NOON, "1", "ann"), post(NOON, "2", "ann")).barrier();

      assertThat(counts.output().get(13)).isEqualTo(row(NOON, 2, 1));
      assertThat(counts.output().subList(14, 26)).isEqualTo(shares(NOON, 1));
    }
  }

  @Test
  void aTagOfOneAuthorDoesntCountUntilAnotherUsesIt() throws Exception {
    try (var counts = TrendingHarness.tagCounts(2)) {
      counts.give(post(NOON, "1", "ann"), post(NOON, "2", "ann")).barrier();
      assertThat(counts.output()).isEmpty();

      counts.give(post(NOON, "3", "bob")).barrier();

      assertThat(counts.output().get(0)).isEqualTo(row(NOON, 3, 2));
      assertThat(counts.output().subList(1, 13)).isEqualTo(shares(NOON, 3));
    }
  }

  @Test
  void sharesAreSentBeforeTheWatermarkThatEndsTheirWindow() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.watermark(Buckets.last(NOON) - 1);
      counts.give(post(NOON, "1", "ann"));

      counts.watermark(Buckets.last(NOON));

      assertThat(counts.output()).hasSize(15);
      assertThat(counts.output().get(14)).isEqualTo(new Watermark(Buckets.last(NOON)));
    }
  }

  @Test
  void aWatermarkThatEndsNothingSendsNothing() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.watermark(Buckets.last(NOON) - 2);
      counts.give(post(NOON, "1", "ann"));

      counts.watermark(Buckets.last(NOON) - 1);
      counts.give(post(NOON, "2", "ann")).barrier();

      assertThat(counts.output())
          .startsWith(
              new Watermark(Buckets.last(NOON) - 2),
              new Watermark(Buckets.last(NOON) - 1),
              row(NOON, 2, 1));
    }
  }

  @Test
  void whenTheFiveMinutesAreOverNothingIsLeftOfThem() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.give(post(NOON, "1", "ann"), post(FIVE_PAST, "2", "ann"));
      counts.watermark(Buckets.last(NOON) - 1);
      assertThat(counts.timers()).isEqualTo(2);

      counts.watermark(Buckets.last(FIVE_PAST));

      assertThat(counts.state("counts", "posts", "authors")).isEmpty();
      assertThat(counts.timers()).isZero();
    }
  }

  @Test
  void aPostOfABucketThatIsOverStopsTheJob() throws Exception {
    try (var counts = TrendingHarness.tagCounts(1)) {
      counts.watermark(Buckets.last(NOON));

      assertThatThrownBy(() -> counts.give(post(NOON, "1", "ann")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("late events must be kept from the job");
    }
  }
}
