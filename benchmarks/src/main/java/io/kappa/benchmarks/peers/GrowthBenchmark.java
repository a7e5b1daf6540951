package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.PreparedLog;
import io.kappa.benchmarks.Report;
import io.kappa.benchmarks.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how a replay grows with keys, with bytes and with how the log is kept. */
@Command(
    name = "bench-growth",
    mixinStandardHelpOptions = true,
    description = "Hold the replay against plain Java on logs of many kinds.")
public final class GrowthBenchmark implements Callable<Integer> {

  @Option(names = "--home", description = "The checkout, built (default: here).")
  private Path home = Path.of("");

  @Option(names = "--events", description = "Size of the logs (default: ${DEFAULT-VALUE}).")
  private long events = 1_000_000;

  @Option(
      names = "--larger",
      description = "The second size of logs of more and more keys (default: ${DEFAULT-VALUE}).")
  private long larger = 6_000_000;

  @Option(
      names = "--sizes",
      split = ",",
      description = "Further sizes of the usual log (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes = List.of(3_000_000L, 10_000_000L, 30_000_000L);

  @Option(
      names = "--others",
      description =
          "Size of logs that are unlike the usual one in other ways (default: ${DEFAULT-VALUE}).")
  private long others = 3_000_000;

  @Option(
      names = "--peers",
      split = ",",
      description =
          "Names of peers, or parts of them, that read logs of that size too (default: ${DEFAULT-VALUE}).")
  private List<String> peers = List.of("Kafka Streams", "Flink SQL", "Hazelcast Jet");

  @Option(names = "--rounds", description = "How often each reads each log (default: 1).")
  private int rounds = 1;

  @Option(
      names = "--only",
      split = ";",
      description = "Names of workloads, or parts of them (default: all).")
  private List<String> only = List.of("");

  @Option(names = "--retail", description = "The file of online-retail; without it, left out.")
  private Optional<Path> retail = Optional.empty();

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "What this benchmark measured earlier on the same day, to be added to.")
  private Optional<Path> earlier = Optional.empty();

  @Mixin private Report report;

  @Spec private CommandSpec spec;

  private final List<GrowthRun> runs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GrowthBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path checkout = home.toAbsolutePath().normalize();
    List<Workload> wanted = wanted();
    if (earlier.isPresent()) {
      runs.addAll(earlierRuns(earlier.get()));
    }
    for (Workload workload : wanted) {
      report.say("writing " + workload.name());
      try (PreparedLog log = workload.prepare(checkout)) {
        Race race = new Race(log);
        for (int round = 1; round <= rounds; round++) {
          int number = round;
          for (Contender contender : contenders(checkout, workload)) {
            attempt(workload, log, () -> race.run(contender, number));
          }
          attempt(workload, log, () -> race.runReplay(number));
        }
      } catch (BenchmarkException e) {
        missing.add(report.miss(workload.name(), e, home));
      }
      report.keep(page(), "growth", figures());
    }
    report.write(page(), "growth", figures());
    return missing.isEmpty() ? 0 : 1;
  }

  /** Plain Java, and peers where they take part: with all logs they would take the whole day. */
  private List<Contender> contenders(Path checkout, Workload workload) {
    boolean withPeers = unlike().contains(workload);
    return Contender.all(checkout).stream()
        .filter(
            one ->
                one.name().equals(Contender.COPY)
                    || (withPeers && peers.stream().anyMatch(one.name()::contains)))
        .toList();
  }

  /** The usual log and those that aren't like it, all of one size. */
  private List<Workload> unlike() {
    List<Workload> all = new ArrayList<>(List.of(Workload.usual(others)));
    all.addAll(Workload.others(others, retail.filter(Files::isReadable)));
    return all;
  }

  private List<Workload> wanted() {
    Optional<Path> file = retail.filter(Files::isReadable);
    List<Workload> all = new ArrayList<>(List.of(Workload.usual(events)));
    sizes.forEach(size -> all.add(Workload.usual(size)));
    all.addAll(Workload.keys(events));
    all.addAll(Workload.keys(larger));
    all.addAll(unlike());
    List<Workload> wanted =
        all.stream()
            .distinct()
            .filter(one -> only.stream().anyMatch(one.name()::contains))
            .toList();
    if (wanted.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "No workload is called %s; there are %s"
              .formatted(
                  String.join(" or ", only),
                  String.join("; ", all.stream().map(Workload::name).distinct().toList())));
    }
    if (file.isEmpty() && only.stream().anyMatch("online-retail"::contains)) {
      missing.add("online-retail: its file isn't there; RETAIL=FILE says where it is");
    }
    return wanted;
  }

  private List<GrowthRun> earlierRuns(Path file) {
    Earlier<GrowthRun> earlierToday = Earlier.given(spec.commandLine(), file, GrowthRun[].class);
    if (!earlierToday.date().equals(report.date().toString())) {
      throw new ParameterException(spec.commandLine(), "%s isn't of this day".formatted(file));
    }
    return earlierToday.runs();
  }

  private void attempt(Workload workload, PreparedLog log, Callable<PeerRun> measurement) {
    try {
      PeerRun run = measurement.call();
      runs.add(new GrowthRun(workload.name(), run, rows(log)));
      report.say(
          Text.format(
              "%s, %,d events, %s: %.1f s, %.1f CPU s, %,d MiB",
              workload.name(),
              run.events(),
              run.contender(),
              run.seconds(),
              run.cpuSeconds(),
              run.peakMb()));
    } catch (BenchmarkException e) {
      missing.add(report.miss(workload.name(), e, home));
    } catch (Exception e) {
      throw new BenchmarkException(workload.name() + " failed", e);
    }
  }

  private static long rows(PreparedLog log) {
    return log.expected().ofTables().values().entrySet().stream()
        .filter(figure -> figure.getKey().endsWith(".rows"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private String page() {
    return new GrowthPage(report.machine(), report.date(), runs, missing).text();
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("runs", runs);
    figures.put("missing", missing);
    return figures;
  }
}
