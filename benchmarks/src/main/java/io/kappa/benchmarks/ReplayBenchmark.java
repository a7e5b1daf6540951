package io.kappa.benchmarks;

import io.kappa.benchmarks.FrontierWatch.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a replay beside a live version, and the switch of its readers, from outside: what the
 * live version's readers notice of it, and how long each takes.
 */
@Command(
    name = "bench-replay",
    mixinStandardHelpOptions = true,
    description = "Measure a replay beside a live version, cut-over and rollback.")
public final class ReplayBenchmark implements Callable<Integer> {

  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final int MOST_MINUTES = 20;

  @Option(names = "--home", description = "The checkout, built (default: here).")
  private Path home = Path.of("");

  @Option(names = "--events", description = "History to replay (default: ${DEFAULT-VALUE}).")
  private long events = 5_000_000;

  @Option(names = "--rate", description = "Events a second meanwhile (default: 2000).")
  private int rate = 2_000;

  @Option(names = "--replay-rate", description = "Limit of the replay; 0: none (default).")
  private long replayRate;

  @Option(names = "--before", description = "Latency before the replay (default: PT40S).")
  private Duration before = Duration.ofSeconds(40);

  @Option(names = "--readers", description = "Reading connections (default: 50).")
  private int readers = 50;

  @Option(names = "--switches", description = "Cut-overs and rollbacks, each (default: 20).")
  private int switches = 20;

  @Mixin private Report report;

  private final Map<String, Double> figures = new TreeMap<>();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ReplayBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path checkout = home.toAbsolutePath().normalize();
    try (OwnStack stack = OwnStack.empty(checkout)) {
      stack.up();
      try {
        measure(stack);
        stack.done();
      } finally {
        stack.down();
      }
    }
    write();
    return 0;
  }

  private void measure(OwnStack stack) {
    report.say("writing %,d events".formatted(events));
    stack.kappa("generate", "--topic=activity", "--events=" + events, "--seed=7");
    Setting.LIVE.start(stack);
    stack.kappa("wait", "activity-metrics");
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<SentEvents> sending =
        CompletableFuture.supplyAsync(
            () ->
                PacedSender.send(
                    stack.endpoints().kafkaBootstrap(),
                    rate,
                    Math.toIntExact(TimeUnit.MINUTES.toSeconds(MOST_MINUTES) * rate),
                    enough::get));
    try (FrontierWatch watch = FrontierWatch.of(stack, "activity-metrics", LOOK_EVERY)) {
      rest(SETTLING);
      report.say("the live version alone");
      long quietFrom = System.nanoTime();
      rest(before);
      long replayFrom = System.nanoTime();
      report.say("the replay beside it");
      stack.kappa(
          "replay", "activity-metrics", "--set=min-watch=30s", "--rate=" + replayRate, "--wait");
      long replayTo = System.nanoTime();
      figures.put("secondsToReady", (replayTo - replayFrom) / 1e9);
      report.say("READY after %.1f s".formatted((replayTo - replayFrom) / 1e9));
      rest(SETTLING);
      switches(stack);
      enough.set(true);
      SentEvents sent = sending.join();
      watch.await(events + sent.count());
      List<Sighting> sightings = watch.sightings();
      latency("quiet", sent, quietFrom, replayFrom, sightings);
      latency("duringReplay", sent, replayFrom, replayTo, sightings);
    } finally {
      enough.set(true);
    }
    stack.kappa("verify", "activity-metrics");
    report.say("verified: what is served is what the log says");
  }

  private void latency(String name, SentEvents sent, long from, long to, List<Sighting> sightings) {
    long[] waits =
        Latency.waits(sent, sent.dueAt(from), Math.min(sent.count(), sent.dueAt(to)), sightings);
    for (double percent : new double[] {50, 99, 100}) {
      figures.put("%sP%.0fMs".formatted(name, percent), Latency.percentile(waits, percent));
    }
  }

  private void switches(OwnStack stack) {
    List<Double> commands = new ArrayList<>();
    try (Readers all = Readers.of(stack, readers)) {
      rest(SETTLING);
      long quietFrom = System.nanoTime();
      rest(Duration.ofSeconds(10));
      long commandsFrom = System.nanoTime();
      for (int i = 0; i < switches; i++) {
        stack.kappa("cutover", "activity-metrics", "--accept=measured", "--dry-run");
      }
      long switchesFrom = System.nanoTime();
      long blockedBefore = all.blocked();
      for (int i = 0; i < switches; i++) {
        commands.add(timed(stack, "cutover", "activity-metrics", "--accept=measured"));
        if (i < switches - 1) {
          commands.add(timed(stack, "rollback", "activity-metrics"));
        }
      }
      long switchesTo = System.nanoTime();
      stall("readersQuiet", all.took(quietFrom, commandsFrom));
      stall("readersCommands", all.took(commandsFrom, switchesFrom));
      stall("readersSwitching", all.took(switchesFrom, switchesTo));
      figures.put("readersSeenBlocked", (double) (all.blocked() - blockedBefore));
    }
    double[] sorted = commands.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    figures.put("switchCommands", (double) sorted.length);
    figures.put("switchMedianMs", sorted[sorted.length / 2]);
    figures.put("switchMaxMs", sorted[sorted.length - 1]);
  }

  private static double timed(OwnStack stack, String... command) {
    long from = System.nanoTime();
    stack.kappa(command);
    return (System.nanoTime() - from) / 1e6;
  }

  private void stall(String name, long[] took) {
    figures.put(name + "Answers", (double) took.length);
    for (double percent : new double[] {50, 99, 100}) {
      figures.put("%sP%.0fMs".formatted(name, percent), Latency.percentile(took, percent));
    }
  }

  private static void rest(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
  }

  private void write() throws IOException {
    Map<String, Object> all = new TreeMap<>(figures);
    all.put("events", events);
    all.put("rate", rate);
    all.put("replayRate", replayRate);
    all.put("readers", readers);
    report.write(
        new ReplayPage(report.machine(), report.date(), events, rate, replayRate, readers, figures)
            .text(),
        "replay",
        all);
  }
}
