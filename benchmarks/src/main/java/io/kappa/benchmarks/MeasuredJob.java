package io.kappa.benchmarks;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A job of the distribution as it is measured.
 *
 * @param topics what it reads
 * @param tables what it fills, besides quarantine
 * @param key what its state is kept by, in words
 * @param keys a query that counts those
 */
record MeasuredJob(String name, List<String> topics, List<String> tables, String key, String keys) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  static final List<MeasuredJob> ALL =
      List.of(
          new MeasuredJob(
              "activity-metrics",
              List.of("activity"),
              List.of("item_hourly", "country_hourly", "item_totals"),
              "item",
              "SELECT count(*) FROM activity_metrics.item_totals"),
          new MeasuredJob(
              "trending",
              List.of("posts"),
              List.of("hashtag_buckets", "top_hashtags"),
              "tag",
              "SELECT count(DISTINCT tag) FROM trending.hashtag_buckets"),
          new MeasuredJob(
              "recommendations",
              List.of("activity"),
              List.of("similar_items", "user_recommendations"),
              "item or user",
              """
              SELECT (SELECT count(DISTINCT item_id) FROM recommendations.similar_items)
                   + (SELECT count(DISTINCT user_id) FROM recommendations.user_recommendations)"""),
          new MeasuredJob(
              "fraud-detection",
              List.of("transactions", "labels", "rules"),
              List.of("alerts", "account_daily", "terminal_daily"),
              "account or terminal",
              """
              SELECT (SELECT count(DISTINCT account_id) FROM fraud_detection.account_daily)
                   + (SELECT count(DISTINCT terminal_id) FROM fraud_detection.terminal_daily)"""),
          new MeasuredJob(
              "news-feed",
              List.of("posts", "follows"),
              List.of("feed"),
              "user",
              "SELECT count(DISTINCT user_id) FROM news_feed.feed"),
          new MeasuredJob(
              "feature-log",
              List.of("transactions", "labels"),
              List.of("training_examples"),
              "account",
              "SELECT count(DISTINCT account_id) FROM feature_log.training_examples"));

  /** Whether the jar has it, by what {@code kappa jobs} prints of that. */
  boolean isIn(String offered) {
    return offered.lines().anyMatch(line -> line.startsWith(name + ":"));
  }

  /** The schema that its readers know. */
  String schema() {
    return name.replace('-', '_');
  }

  /**
   * Starts it and times it to the log's end; then times a replay beside it to the fence.
   *
   * @param events how many records the log has over all topics
   * @param records how many of them are in its own topics
   */
  JobRun run(OwnStack stack, long events, long records) {
    Instant begun = Instant.now();
    List<Sighting> sightings;
    try (FrontierWatch watch = FrontierWatch.of(stack, name, LOOK_EVERY)) {
      stack.kappa("start", name, "--parallelism=" + Setting.PARALLELISM, "--history=live");
      watch.await(records);
      sightings = watch.sightings().stream().filter(seen -> seen.records() > 0).toList();
    }
    long stateBytes = FlinkState.bytes(stack, name + "-v1");
    double replaySeconds = ReplayToFence.of(stack, name).seconds();
    stack.kappa("abort", name);
    Sighting first = sightings.get(0);
    Sighting last =
        sightings.stream().filter(seen -> seen.records() >= records).findFirst().orElseThrow();
    long rows =
        tables.stream()
            .mapToLong(
                table ->
                    StoreNumbers.one(
                        stack, "SELECT count(*) FROM %s.%s".formatted(schema(), table)))
            .sum();
    return new JobRun(
        name,
        events,
        records,
        seconds(begun, last),
        seconds(begun, first),
        first.records(),
        rows,
        StoreNumbers.one(stack, keys),
        stateBytes,
        replaySeconds);
  }

  private static double seconds(Instant begun, Sighting seen) {
    return Duration.between(begun, seen.committedAt()).toMillis() / 1000.0;
  }
}
