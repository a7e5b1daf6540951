package io.kappa.benchmarks;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import io.kappa.benchmarks.ThroughputRun.Commit;
import io.kappa.local.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How fast a job goes through a log that is all there, up to rows that are committed. */
final class Throughput {

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private Throughput() {}

  /**
   * Starts the job on a copy of the log and times it; the tables are proved right before it
   * returns.
   *
   * @throws BenchmarkException if it doesn't come to the log's end, or the tables are wrong
   */
  static ThroughputRun run(PreparedLog log, Setting setting, int repetition) {
    try (OwnStack stack = log.copy()) {
      stack.up();
      Map<Part, ProcessUse> before = ProcessUse.of(stack);
      Instant begun = Instant.now();
      List<Sighting> sightings = read(stack, setting, log.records());
      Map<Part, ProcessUse> uses = ProcessUse.since(before, ProcessUse.of(stack));
      TableSums.inStore(stack).require("The serving store", log.expected().values());
      List<Commit> commits =
          sightings.stream()
              .filter(seen -> seen.records() > 0)
              .map(seen -> new Commit(seconds(begun, seen.committedAt()), seen.records()))
              .toList();
      stack.done();
      return new ThroughputRun(
          log.input().name(),
          setting,
          repetition,
          log.records(),
          untilEnd(commits, log.records()),
          uses);
    }
  }

  private static List<Sighting> read(OwnStack stack, Setting setting, long records) {
    try (FrontierWatch watch = FrontierWatch.of(stack, "activity-metrics", LOOK_EVERY)) {
      setting.start(stack);
      watch.await(records);
      return watch.sightings();
    }
  }

  /** Without the commits after the one that came to the end, which had nothing left to say. */
  private static List<Commit> untilEnd(List<Commit> commits, long records) {
    long before = commits.stream().takeWhile(commit -> commit.records() < records).count();
    return commits.subList(0, (int) before + 1);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
