package io.kappa.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.benchmarks.FrontierWatch.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Option(names = "--page", description = "The page to write; without it, it's only printed.")
  private Optional<Path> page = Optional.empty();

  @Option(names = "--results", description = "The directory for the figures as JSON.")
  private Optional<Path> results = Optional.empty();

  private final long begun = System.nanoTime();
  private final Map<String, Double> figures = new TreeMap<>();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ReplayBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Machine machine = Machine.here();
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
    write(machine);
    return 0;
  }

  private void measure(OwnStack stack) {
    say("writing %,d events".formatted(events));
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
      say("the live version alone");
      long quietFrom = System.nanoTime();
      rest(before);
      long replayFrom = System.nanoTime();
      say("the replay beside it");
      stack.kappa(
          "replay", "activity-metrics", "--set=min-watch=30s", "--rate=" + replayRate, "--wait");
      long replayTo = System.nanoTime();
      figures.put("secondsToReady", (replayTo - replayFrom) / 1e9);
      say("READY after %.1f s".formatted((replayTo - replayFrom) / 1e9));
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
    say("verified: what is served is what the log says");
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

  private void write(Machine machine) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String text = text(machine, today);
    System.out.println(text);
    if (page.isPresent()) {
      Files.writeString(page.get(), text);
    }
    if (results.isPresent()) {
      Files.createDirectories(results.get());
      Map<String, Object> all = new TreeMap<>(figures);
      all.put("machine", machine);
      all.put("date", today.toString());
      all.put("events", events);
      all.put("rate", rate);
      all.put("replayRate", replayRate);
      all.put("readers", readers);
      Files.writeString(
          results.get().resolve("replay-" + today + ".json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
  }

  private String text(Machine machine, LocalDate today) {
    MarkdownTable latency = new MarkdownTable("live version", "p50", "p99", "max");
    latency.row("alone", ms("quietP50Ms"), ms("quietP99Ms"), ms("quietP100Ms"));
    latency.row(
        "beside the replay",
        ms("duringReplayP50Ms"),
        ms("duringReplayP99Ms"),
        ms("duringReplayP100Ms"));
    MarkdownTable stall = new MarkdownTable("readers", "answers", "p50", "p99", "max");
    stall.row(
        "before",
        number("readersQuietAnswers"),
        ms("readersQuietP50Ms"),
        ms("readersQuietP99Ms"),
        ms("readersQuietP100Ms"));
    stall.row(
        "while commands run that switch nothing",
        number("readersCommandsAnswers"),
        ms("readersCommandsP50Ms"),
        ms("readersCommandsP99Ms"),
        ms("readersCommandsP100Ms"));
    stall.row(
        "while commands switch them",
        number("readersSwitchingAnswers"),
        ms("readersSwitchingP50Ms"),
        ms("readersSwitchingP99Ms"),
        ms("readersSwitchingP100Ms"));
    return format(
        """
        # Figures of a replay

        Measured on %s with `make bench-replay`, which writes this page; %d cores (%s), %,d MiB, load before it
        began %.1f, %s. All figures are in [benchmarks/results/replay-%s.json](../benchmarks/results/replay-%s.json).
        Broker, PostgreSQL, Flink, the senders and the readers share these cores.

        ## From `replay` to READY

        %,d generated events in the log, %,d a second keep coming, limit of the replay: %s. `./kappa replay
        activity-metrics --set min-watch=30s --wait` took **%.1f s** from the command to READY: copy, leg to the
        fence, comparison, savepoint, last leg, caught up.

        ## What readers of the live version notice of it

        From when an event is due to when a reader first sees a frontier past it. Wanted: p99 at most twice as
        long. It is %.1f times as long.

        %s
        ## What readers notice of a switch

        %d connections read a contract view, each every 50 ms, while %d commands cut over and roll back. Wanted:
        p99 under 10 ms, and nobody blocked. Readers seen waiting for a lock: %.0f. A command took %.0f ms from
        its start to its end, median (longest %.0f ms), most of which is the start of its JVM and the wait for
        a moment at which no reader goes back. Wanted: under 1 s. The commands' JVMs take turns with the readers
        on the same cores, so the second row has as many commands that only rehearse (`--dry-run`).

        %s""",
        today,
        machine.cores(),
        machine.processor(),
        machine.memoryMb(),
        machine.load(),
        machine.jdk(),
        today,
        today,
        events,
        rate,
        replayRate == 0 ? "none" : format("%,d records a second", replayRate),
        figures.get("secondsToReady"),
        figures.get("duringReplayP99Ms") / figures.get("quietP99Ms"),
        latency,
        readers,
        figures.get("switchCommands").intValue(),
        figures.get("readersSeenBlocked"),
        figures.get("switchMedianMs"),
        figures.get("switchMaxMs"),
        stall);
  }

  private String ms(String name) {
    return format("%,.1f ms", figures.get(name));
  }

  private String number(String name) {
    return format("%,.0f", figures.get(name));
  }

  private void say(String line) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    System.err.printf(Locale.ROOT, "%3d s  %s%n", seconds, line);
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
