package io.kappa.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.Input;
import io.kappa.benchmarks.Machine;
import io.kappa.benchmarks.PreparedLog;
import io.kappa.benchmarks.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the limit, the peers and us on the same logs, in turns. */
@Command(
    name = "bench-peers",
    mixinStandardHelpOptions = true,
    description = "Hold the replay against plain Java and against other engines.")
public final class PeersBenchmark implements Callable<Integer> {

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

  @Option(names = "--page", description = "The page to write; without it, it's only printed.")
  private Optional<Path> page = Optional.empty();

  @Option(names = "--results", description = "The directory for the figures as JSON.")
  private Optional<Path> results = Optional.empty();

  private final long begun = System.nanoTime();
  private final List<PeerRun> runs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PeersBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Machine machine = Machine.here();
    Path checkout = home.toAbsolutePath().normalize();
    List<Contender> contenders =
        Contender.all(checkout).stream().filter(one -> isWanted(one.name())).toList();
    for (long events : sizes) {
      say(Text.format("writing %,d events", events));
      try (PreparedLog log = PreparedLog.of(checkout, Input.clean(events))) {
        Race race = new Race(log);
        for (int round = 1; round <= rounds; round++) {
          round(race, contenders, events, round);
        }
      }
    }
    write(machine, contenders);
    return missing.isEmpty() ? 0 : 1;
  }

  private boolean isWanted(String name) {
    return only.stream().anyMatch(name::contains);
  }

  /** In turns, and each round begins with another one. */
  private void round(Race race, List<Contender> contenders, long events, int round) {
    List<Contender> order = new ArrayList<>(contenders);
    Collections.rotate(order, order.isEmpty() ? 0 : round - 1);
    for (Contender contender : order) {
      attempt(contender.name(), events, () -> List.of(race.run(contender, round)));
    }
    if (isWanted("ours")) {
      attempt("ours", events, () -> race.runOurs(round));
    }
  }

  private void attempt(String name, long events, Callable<List<PeerRun>> measurement) {
    try {
      for (PeerRun run : measurement.call()) {
        runs.add(run);
        say(
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
      say(name + " failed: " + e.getMessage());
      missing.add(
          Text.format("%s at %,d events: %s", name, events, e.getMessage())
              .replace(home.toAbsolutePath().normalize() + "/", "")
              .replaceAll("\\s+", " "));
    } catch (Exception e) {
      throw new BenchmarkException(name + " failed", e);
    }
  }

  private void write(Machine machine, List<Contender> contenders) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String text = new PeersPage(machine, today, contenders, runs, missing).text();
    System.out.print(text);
    if (page.isPresent()) {
      Files.writeString(page.get(), text);
    }
    if (results.isPresent()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("date", today.toString());
      all.put("machine", machine);
      all.put("runs", runs);
      all.put("missing", missing);
      Files.writeString(
          results.get().resolve("peers-" + today + ".json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
  }

  private void say(String line) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    System.err.println(Text.format("%3d s  %s", seconds, line));
  }
}
