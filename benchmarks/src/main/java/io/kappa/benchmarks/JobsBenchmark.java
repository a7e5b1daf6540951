package io.kappa.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import picocli.CommandLine.Option;

/**
 * What each job makes of generated logs, how good the alerts of {@code fraud-detection} are, and
 * which neighbours {@code recommendations} finds on real sales.
 */
@Command(
    name = "bench-jobs",
    mixinStandardHelpOptions = true,
    description = "Measure all jobs on generated logs, and show what they find.")
public final class JobsBenchmark implements Callable<Integer> {

  @Option(names = "--home", description = "The checkout, built (default: here).")
  private Path home = Path.of("");

  @Option(
      names = "--events",
      split = ",",
      description = "Sizes of the logs (default: 1000000,5000000).")
  private List<Long> sizes = List.of(1_000_000L, 5_000_000L);

  @Option(names = "--seed", description = "Of the generated logs (default: 7).")
  private long seed = 7;

  @Option(names = "--retail", description = "The file of online-retail; left out if it's missing.")
  private Optional<Path> retail = Optional.empty();

  @Mixin private Report report;

  private final List<JobRun> runs = new ArrayList<>();
  private final Map<String, FraudQuality> qualities = new LinkedHashMap<>();
  private String comparison = "";
  private Map<String, List<List<String>>> neighbours = Map.of();

  /** Measures; exits with 0, or with 1 if a measurement failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new JobsBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path checkout = home.toAbsolutePath().normalize();
    for (long events : sizes) {
      try (OwnStack stack = OwnStack.empty(checkout)) {
        stack.up();
        generated(stack, events, events == sizes.get(0));
        stack.down();
        stack.done();
      }
    }
    if (retail.filter(Files::exists).isPresent()) {
      try (OwnStack stack = OwnStack.empty(checkout)) {
        stack.up();
        sales(stack, retail.get());
        stack.down();
        stack.done();
      }
    }
    write();
    return 0;
  }

  private void generated(OwnStack stack, long events, boolean withQuality) throws IOException {
    Path truth =
        Files.createTempFile(home.toAbsolutePath().resolve("target/bench"), "truth", ".csv");
    try {
      report.say(Text.format("writing %,d events", events));
      JsonNode written =
          new ObjectMapper()
              .readTree(
                  stack.kappa(
                      "generate",
                      "--events=" + events,
                      "--seed=" + seed,
                      "--truth=" + truth,
                      "--json"));
      String offered = stack.kappa("jobs");
      for (MeasuredJob job : MeasuredJob.ALL.stream().filter(j -> j.isIn(offered)).toList()) {
        long records =
            job.topics().stream()
                .mapToLong(topic -> written.path("topics").path(topic).path("records").asLong())
                .sum();
        JobRun run = job.run(stack, events, records);
        runs.add(run);
        report.say(
            Text.format(
                "%s: %,d records in %.1f s, %,.0f/s, %,d bytes of state; replay in %.1f s, %,.0f/s",
                job.name(),
                records,
                run.seconds(),
                run.rate(),
                run.stateBytes(),
                run.replaySeconds(),
                run.replayRate()));
      }
      if (withQuality && runs.stream().anyMatch(run -> run.job().equals("fraud-detection"))) {
        quality(stack, truth);
      }
    } finally {
      Files.delete(truth);
    }
  }

  private void quality(OwnStack stack, Path truth) {
    qualities.put("live: `builtin-rules=default`", FraudQuality.of(stack, truth));
    stack.kappa("replay", "fraud-detection", "--set=builtin-rules=better", "--wait");
    comparison = stack.kappa("compare", "fraud-detection", "--table", "alerts");
    stack.kappa("cutover", "fraud-detection", "--accept=better rules");
    qualities.put("the next version: `builtin-rules=better`", FraudQuality.of(stack, truth));
  }

  private void sales(OwnStack stack, Path file) {
    stack.kappa("load", "activity", file.toString(), "--mapping", "online-retail");
    stack.kappa("start", "recommendations");
    stack.kappa("wait", "recommendations");
    neighbours = Neighbours.of(stack, file);
    report.say("neighbours of %d items".formatted(neighbours.size()));
  }

  private void write() throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seed", seed);
    figures.put("runs", runs);
    figures.put("fraud", qualities);
    figures.put("neighbours", neighbours);
    report.write(
        new JobsPage(report.machine(), report.date(), seed, runs, qualities, comparison, neighbours)
            .text(),
        "jobs",
        figures);
  }
}
