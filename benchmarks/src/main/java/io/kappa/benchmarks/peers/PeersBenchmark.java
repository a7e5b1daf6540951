package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.Input;
import io.kappa.benchmarks.PreparedLog;
import io.kappa.benchmarks.Report;
import io.kappa.benchmarks.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

/** Measures the limit, the peers and us on the same logs, in turns. */
@Command(
    name = "bench-peers",
    mixinStandardHelpOptions = true,
    description = "Hold the replay against plain Java and against other engines.")
public final class PeersBenchmark implements Callable<Integer> {

  private static final String IMAGE = ".svg";

  @Option(names = "--home", description = "The checkout, built (default: here).")
  private Path home = Path.of("");

  @Option(
      names = "--events",
      split = ",",
      description = "Sizes of the logs (default: 1000000,10000000).")
  private List<Long> sizes = List.of(1_000_000L, 10_000_000L);

  @Option(names = "--rounds", description = "How often each reads each log (default: 3).")
  private int rounds = 3;

  @Option(
      names = "--only",
      split = ",",
      description = "Names of contenders, or parts of them (default: all).")
  private List<String> only = List.of("");

  @Option(
      names = "--once",
      split = ",",
      description = "Names, or parts of them, of those that only take part in the first round.")
  private List<String> once = List.of();

  @Option(
      names = "--against",
      description = "Figures of an earlier run, as in benchmarks/results, to hold these against.")
  private Optional<Path> against = Optional.empty();

  @Mixin private Report report;

  @Spec private CommandSpec spec;

  private final List<PeerRun> runs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PeersBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path checkout = home.toAbsolutePath().normalize();
    Optional<Earlier<PeerRun>> earlier =
        against.map(file -> Earlier.given(spec.commandLine(), file, PeerRun[].class));
    List<Contender> contenders =
        Contender.all(checkout).stream().filter(one -> isWanted(one.name())).toList();
    if (contenders.isEmpty() && Contender.OURS.stream().noneMatch(this::isWanted)) {
      throw new ParameterException(
          spec.commandLine(),
          "Nobody is called %s; there are %s"
              .formatted(String.join(" or ", only), Contender.names(Contender.all(checkout))));
    }
    for (long events : sizes) {
      report.say(Text.format("writing %,d events", events));
      try (PreparedLog log = PreparedLog.of(checkout, Input.clean(events))) {
        Race race = new Race(log);
        for (int round = 1; round <= rounds; round++) {
          round(race, contenders, events, round);
        }
      }
    }
    write(contenders, earlier);
    return missing.isEmpty() ? 0 : 1;
  }

  private boolean isWanted(String name) {
    return only.stream().anyMatch(name::contains);
  }

  private boolean isWanted(String name, int round) {
    return isWanted(name) && (round == 1 || once.stream().noneMatch(name::contains));
  }

  /** In turns, and each round begins with another one. */
  private void round(Race race, List<Contender> contenders, long events, int round) {
    List<Contender> order =
        new ArrayList<>(contenders.stream().filter(one -> isWanted(one.name(), round)).toList());
    Collections.rotate(order, order.isEmpty() ? 0 : round - 1);
    for (Contender contender : order) {
      attempt(contender.name(), events, () -> List.of(race.run(contender, round)));
    }
    if (Contender.OURS.stream().anyMatch(name -> isWanted(name, round))) {
      attempt("ours", events, () -> race.runOurs(round));
    }
  }

  private void attempt(String name, long events, Callable<List<PeerRun>> measurement) {
    try {
      for (PeerRun run : measurement.call()) {
        runs.add(run);
        report.say(
            Text.format(
                "%,d events, %s: %.1f s, %,.0f/s, %.1f CPU s, %,d MiB",
                events,
                run.contender(),
                run.seconds(),
                events / run.seconds(),
                run.cpuSeconds(),
                run.peakMb()));
      }
    } catch (BenchmarkException e) {
      missing.add(report.miss(Text.format("%s at %,d events", name, events), e, home));
    } catch (Exception e) {
      throw new BenchmarkException(name + " failed", e);
    }
  }

  private void write(List<Contender> contenders, Optional<Earlier<PeerRun>> earlier)
      throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("runs", runs);
    figures.put("missing", missing);
    PeersPage page =
        new PeersPage(
            report.machine(),
            report.date(),
            contenders,
            runs,
            missing,
            earlier,
            report.imageName(IMAGE));
    report.write(page.text(), "peers", figures);
    report.image(IMAGE, page.chart());
  }
}
