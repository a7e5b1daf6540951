package io.kappa.benchmarks;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import io.kappa.local.Part;
import io.kappa.local.data.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How long readers wait for news after a process was killed, while events keep coming. */
final class Recovery {

  /** A frontier is that far behind what was sent when all goes well, and no more. */
  static final Duration USUAL = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration BEFORE_FIRST = Duration.ofSeconds(20);
  private static final Duration EACH = Duration.ofSeconds(60);
  private static final List<Part> KILLED = List.of(Part.TASKMANAGER, Part.JOBMANAGER, Part.KAFKA);

  private Recovery() {}

  /**
   * Kills one process after the other, each time followed by {@code kappa up}; the tables are
   * proved right before it returns.
   *
   * @throws BenchmarkException if an event isn't seen, or the tables are wrong
   */
  static List<RecoveryRun> run(OwnStack stack, int rate) {
    stack.up();
    String kafka = stack.endpoints().kafkaBootstrap();
    TopicCreation.ensure(kafka, "activity", TopicCreation.PARTITIONS);
    try (FrontierWatch watch = FrontierWatch.of(stack, "activity-metrics", LOOK_EVERY)) {
      Setting.LIVE.start(stack);
      watch.await(0);
      int events =
          Math.toIntExact(rate * BEFORE_FIRST.plus(EACH.multipliedBy(KILLED.size())).toSeconds());
      CompletableFuture<SentEvents> sending =
          CompletableFuture.supplyAsync(() -> PacedSender.send(kafka, rate, events));
      Map<Part, Long> kills = new LinkedHashMap<>();
      long due = System.nanoTime() + BEFORE_FIRST.toNanos();
      for (Part part : KILLED) {
        rest(due - System.nanoTime());
        kills.put(part, System.nanoTime());
        stack.kill(part);
        stack.upAgain();
        due += EACH.toNanos();
      }
      SentEvents sent = sending.join();
      watch.await(events);
      TableSums.inStore(stack)
          .require("The serving store", LogReading.sums(kafka, "activity").values());
      stack.done();
      List<RecoveryRun> runs = new ArrayList<>();
      kills.forEach((part, nanos) -> runs.add(of(part, rate, nanos, sent, watch.sightings())));
      return runs;
    }
  }

  private static void rest(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
  }

  /**
   * What a kill cost. A commit that was under way may still come through, so the first new one is
   * that which ends the longest silence.
   *
   * @throws BenchmarkException if the frontier wasn't caught up before the next kill
   */
  static RecoveryRun of(
      Part killed, int rate, long nanos, SentEvents sent, List<Sighting> sightings) {
    long last = nanos;
    long silence = 0;
    long first = nanos;
    for (Sighting sighting : sightings) {
      if (sighting.nanos() < nanos) {
        continue;
      }
      if (sighting.nanos() - nanos > EACH.toNanos()) {
        break;
      }
      if (sighting.nanos() - last > silence) {
        silence = sighting.nanos() - last;
        first = sighting.nanos();
      }
      last = sighting.nanos();
    }
    long from = first;
    long caughtUp =
        sightings.stream()
            .filter(sighting -> sighting.nanos() >= from)
            .filter(sighting -> isUsual(sighting, sent))
            .mapToLong(Sighting::nanos)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    if (caughtUp - nanos > EACH.toNanos()) {
      throw new BenchmarkException(
          "It wasn't caught up %d s after the %s was killed"
              .formatted(EACH.toSeconds(), killed.label()));
    }
    return new RecoveryRun(killed, rate, (first - nanos) / 1e9, (caughtUp - nanos) / 1e9);
  }

  private static boolean isUsual(Sighting sighting, SentEvents sent) {
    return sighting.records() >= sent.dueAt(sighting.nanos() - USUAL.toNanos());
  }
}
