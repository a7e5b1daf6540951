package io.kappa.benchmarks;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import io.kappa.local.Part;
import io.kappa.local.data.TopicCreation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** How long it takes from an event to a reader who sees it, at an even rate. */
final class Latency {

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Latency() {}

  /**
   * Sends events at a rate, and times those that are due after the warm-up; the tables are proved
   * right before it returns.
   *
   * @throws BenchmarkException if an event isn't seen, or the tables are wrong
   */
  static LatencyRun run(OwnStack stack, int rate, Duration warmUp, Duration measured) {
    stack.up();
    String kafka = stack.endpoints().kafkaBootstrap();
    TopicCreation.ensure(kafka, "activity", TopicCreation.PARTITIONS);
    Map<Part, ProcessUse> before = ProcessUse.of(stack);
    try (FrontierWatch watch = FrontierWatch.of(stack, "activity-metrics", LOOK_EVERY)) {
      Setting.LIVE.start(stack);
      // A first commit, of nothing: the job runs.
      watch.await(0);
      int events = Math.toIntExact(rate * warmUp.plus(measured).toSeconds());
      SentEvents sent = PacedSender.send(kafka, rate, events);
      watch.await(events);
      Map<Part, ProcessUse> uses = ProcessUse.since(before, ProcessUse.of(stack));
      TableSums.inStore(stack)
          .require("The serving store", LogReading.sums(kafka, "activity").values());
      stack.done();
      int first = Math.toIntExact(rate * warmUp.toSeconds());
      return figures(rate, waits(sent, first, watch.sightings()), uses);
    }
  }

  private static LatencyRun figures(int rate, long[] nanos, Map<Part, ProcessUse> uses) {
    return new LatencyRun(
        Setting.LIVE,
        rate,
        nanos.length,
        percentile(nanos, 50),
        percentile(nanos, 90),
        percentile(nanos, 99),
        percentile(nanos, 99.9),
        percentile(nanos, 100),
        uses);
  }

  /** Milliseconds within which so many of a hundred events were seen. */
  static double percentile(long[] sorted, double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  /**
   * For each event from the first on, how long it took until a frontier past it was seen, sorted.
   *
   * @throws BenchmarkException if one never was
   */
  static long[] waits(SentEvents sent, int first, List<Sighting> sightings) {
    return waits(sent, first, sent.count(), sightings);
  }

  /** The same for the events before {@code end} only. */
  static long[] waits(SentEvents sent, int first, int end, List<Sighting> sightings) {
    long[] waits =
        LongStream.range(first, end)
            .map(event -> seen(sent, (int) event, sightings) - sent.dueNanos((int) event))
            .toArray();
    Arrays.sort(waits);
    return waits;
  }

  /** The frontier only goes on, so the first one past the event is found by halving. */
  private static long seen(SentEvents sent, int event, List<Sighting> sightings) {
    int from = 0;
    int to = sightings.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      long next = sightings.get(middle).next("activity", sent.partition(event));
      if (next > sent.offset(event)) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    if (from == sightings.size()) {
      throw new BenchmarkException(
          "Nobody saw offset %d of partition %d"
              .formatted(sent.offset(event), sent.partition(event)));
    }
    return sightings.get(from).nanos();
  }
}
