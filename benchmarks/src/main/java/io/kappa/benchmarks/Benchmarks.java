package io.kappa.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the whole stack from outside, and writes down what it found. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure speed, latency and memory of the whole stack on this machine.")
public final class Benchmarks implements Callable<Integer> {

  private static final int INTERRUPTED = 130;

  @Option(names = "--home", description = "The checkout, built (default: here).")
  private Path home = Path.of("");

  @Option(names = "--events", description = "Generated events (default: ${DEFAULT-VALUE}).")
  private long events = 2_000_000;

  @Option(names = "--repetitions", description = "Of each setting (default: ${DEFAULT-VALUE}).")
  private int repetitions = 3;

  @Option(
      names = "--rates",
      split = ",",
      description = "Events a second for the latency (default: 2000,10000).")
  private List<Integer> rates = List.of(2_000, 10_000);

  @Option(
      names = "--kill-at",
      description = "Events a second while processes are killed; 0: none is (default: 10000).")
  private int killAt = 10_000;

  @Option(names = "--warm-up", description = "Before the latency is measured (default: PT90S).")
  private Duration warmUp = Duration.ofSeconds(90);

  @Option(names = "--measured", description = "How long it is measured (default: PT60S).")
  private Duration measured = Duration.ofSeconds(60);

  @Option(names = "--retail", description = "The file of online-retail; without it, left out.")
  private Optional<Path> retail = Optional.empty();

  @Option(names = "--within", description = "No repetition begins later (default: PT20M).")
  private Duration within = Duration.ofMinutes(20);

  @Option(names = "--page", description = "The page to write; without it, it's only printed.")
  private Optional<Path> page = Optional.empty();

  @Option(names = "--results", description = "The directory for the figures as JSON.")
  private Optional<Path> results = Optional.empty();

  private final Machine machine = Machine.here();
  private final long begun = System.nanoTime();
  private final List<ThroughputRun> throughput = new ArrayList<>();
  private final List<LatencyRun> latency = new ArrayList<>();
  private final List<RecoveryRun> recovery = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private boolean failed;

  /** Measures; exits with 0, with 1 if a measurement failed, with 2 on a wrong option. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    // Ctrl-C makes all that is left fail; neither that nor half a page is worth keeping.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "ending"));
    for (int rate : rates) {
      attempt("latency at %d".formatted(rate), () -> measureLatency(rate));
    }
    if (killAt > 0) {
      attempt("recovery", this::measureRecovery);
    }
    List<PreparedLog> logs = new ArrayList<>();
    try {
      inputs().forEach(input -> attempt(input.name(), () -> logs.add(prepare(input))));
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        takeTurns(logs, repetition);
      }
    } finally {
      logs.forEach(PreparedLog::close);
    }
    if (ending.get()) {
      return INTERRUPTED;
    }
    write(
        new Results(
            LocalDate.now(ZoneOffset.UTC), machine, throughput, latency, recovery, missing));
    return failed ? 1 : 0;
  }

  private Path checkout() {
    return home.toAbsolutePath().normalize();
  }

  private List<Input> inputs() {
    List<Input> inputs = new ArrayList<>(List.of(Input.generated(events)));
    if (retail.isPresent() && Files.isReadable(retail.get())) {
      inputs.add(Input.onlineRetail(retail.get()));
    } else {
      missing.add("online-retail: its file isn't there; `make bench RETAIL=FILE` says where it is");
    }
    return inputs;
  }

  private PreparedLog prepare(Input input) {
    say("loading " + input.name());
    PreparedLog log = PreparedLog.of(checkout(), input);
    say("%,d records are loaded".formatted(log.records()));
    return log;
  }

  private void measureLatency(int rate) {
    say("latency at %,d events a second, %d s".formatted(rate, measured.toSeconds()));
    try (OwnStack stack = OwnStack.empty(checkout())) {
      LatencyRun run = Latency.run(stack, rate, warmUp, measured);
      latency.add(run);
      say("p50 %.0f ms, p99 %.0f ms, max %.0f ms".formatted(run.p50(), run.p99(), run.max()));
    }
  }

  private void measureRecovery() {
    say("kill -9 at %d events a second".formatted(killAt));
    try (OwnStack stack = OwnStack.empty(checkout())) {
      for (RecoveryRun run : Recovery.run(stack, killAt)) {
        recovery.add(run);
        say(
            "%s: first new commit after %.1f s, caught up after %.1f s"
                .formatted(run.killed().label(), run.firstCommit(), run.caughtUp()));
      }
    }
  }

  private void takeTurns(List<PreparedLog> logs, int repetition) {
    for (PreparedLog log : logs) {
      for (Setting setting : log.input().settings()) {
        String name =
            "%s, %s, %s, repetition %d"
                .formatted(log.input().name(), setting.state(), setting.interval(), repetition);
        if (System.nanoTime() - begun > within.toNanos()) {
          missing.add("%s: %d minutes were over".formatted(name, within.toMinutes()));
        } else {
          attempt(name, () -> measure(log, setting, repetition, name));
        }
      }
    }
  }

  private void measure(PreparedLog log, Setting setting, int repetition, String name) {
    ThroughputRun run = Throughput.run(log, setting, repetition);
    throughput.add(run);
    say(
        "%s: %,.0f records/s, %,.0f from the first commit on; %.1f s"
            .formatted(name, run.rate(), run.steadyRate().orElse(0), run.seconds()));
  }

  /** A measurement that fails is said to have failed; the others go on. */
  private void attempt(String name, Runnable measurement) {
    try {
      if (!ending.get()) {
        measurement.run();
      }
    } catch (RuntimeException e) {
      if (ending.get()) {
        return;
      }
      String cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
      failed = true;
      say(name + " failed: " + e.getMessage() + cause);
      // The page is for everybody, and other machines have other paths.
      missing.add(
          "%s: %s%s"
              .formatted(name, e.getMessage(), cause)
              .replace(checkout() + "/", "")
              .replaceAll("\\s+", " "));
    }
  }

  private void write(Results all) throws IOException {
    String text = new FiguresPage(all).text();
    System.out.println(text);
    if (page.isPresent()) {
      Files.writeString(page.get(), text);
    }
    if (results.isPresent()) {
      Files.createDirectories(results.get());
      Files.writeString(results.get().resolve(all.date() + ".json"), all.json());
    }
  }

  private void say(String line) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    System.err.printf(Locale.ROOT, "%3d s  %s%n", seconds, line);
  }
}
