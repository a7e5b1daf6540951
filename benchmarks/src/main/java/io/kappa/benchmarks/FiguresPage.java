package io.kappa.benchmarks;

import io.kappa.local.Part;
import io.kappa.local.Sizes;
import io.kappa.local.data.TopicCreation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of figures: what was measured, where, with what, and how. */
final class FiguresPage {

  private static final double WANTED_RATE = 100_000;
  private static final double WANTED_P99_MS = 1_500;

  private final Results results;

  FiguresPage(Results results) {
    this.results = results;
  }

  /** As Markdown. */
  String text() {
    return Stream.of(
            head(),
            machine(),
            throughput(),
            latency(),
            recovery(),
            memory(),
            processors(),
            missing())
        .filter(section -> !section.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String head() {
    return """
        # Figures

        Measured on %s with `make bench`, which writes this whole page; the figures of each repetition are in
        [benchmarks/results/%s.json](../benchmarks/results/%s.json). Everything runs on this one machine: broker,
        PostgreSQL, ZooKeeper, JobManager and TaskManager as processes of their own, driven by `./kappa`. Each
        repetition has a stack of its own, started from nothing. A speed is written down only after the tables
        were proved right: rows and sums in PostgreSQL equal what plain Java adds up from the same log, and
        applied + filtered + quarantined records are the log's size.
        """
        .formatted(results.date(), results.date(), results.date());
  }

  private String machine() {
    Machine machine = results.machine();
    Sizes sizes = Sizes.DEFAULT;
    return format(
        """
        ## Machine and settings

        - %d cores (%s), %,d MiB of memory, load before it began %.1f
        - %s; %s
        - job `activity-metrics`, parallelism %d; topic `activity` with %d partitions, lz4, JSON
        - profile `live` on the local stack as it comes: TaskManager %,d MiB, JobManager %,d MiB, broker's heap
          %,d MiB, PostgreSQL's shared buffers %,d MiB, `fsync` and `synchronous_commit` on
        """,
        machine.cores(),
        machine.processor(),
        machine.memoryMb(),
        machine.load(),
        machine.jdk(),
        machine.kernel(),
        Setting.PARALLELISM,
        TopicCreation.PARTITIONS,
        sizes.taskManagerMb(),
        sizes.jobManagerMb(),
        sizes.kafkaHeapMb(),
        sizes.postgresBuffersMb());
  }

  private String throughput() {
    MarkdownTable table =
        new MarkdownTable(
            "input, state, checkpoint every",
            "records",
            "records/s from the first commit on",
            "records/s, start-up included",
            "seconds to the first commit",
            "seconds in all",
            "commits",
            "repetitions");
    turns()
        .forEach(
            (name, runs) ->
                table.row(
                    name,
                    format("%,d", runs.get(0).records()),
                    Spread.ofPresent(runs.stream().map(ThroughputRun::steadyRate)).text("%,.0f"),
                    Spread.of(runs.stream().mapToDouble(ThroughputRun::rate)).text("%,.0f"),
                    Spread.of(runs.stream().mapToDouble(ThroughputRun::secondsToFirst))
                        .text("%.1f"),
                    Spread.of(runs.stream().mapToDouble(ThroughputRun::seconds)).text("%.1f"),
                    Spread.of(runs.stream().mapToDouble(run -> run.commits().size())).text("%.0f"),
                    Integer.toString(runs.size())));
    return format(
        """
        ## From the log to committed rows

        The log is all there before the job starts. Time begins when `./kappa start` is called, and ends with the
        commit whose frontier is the log's end; rows of all tables are in PostgreSQL then. Median of the
        repetitions, which took turns, and least..greatest; a dash where fewer than three commits came. Wanted:
        %,.0f a second or more.

        %s""",
        WANTED_RATE, table);
  }

  private String latency() {
    MarkdownTable table =
        new MarkdownTable(
            "state, checkpoint every", "events/s", "events", "p50", "p90", "p99", "p99.9", "max");
    for (LatencyRun run : results.latency()) {
      table.row(
          name(run.setting()),
          format("%,d", run.rate()),
          format("%,d", run.events()),
          format("%,.0f ms", run.p50()),
          format("%,.0f ms", run.p90()),
          format("%,.0f ms", run.p99()),
          format("%,.0f ms", run.p999()),
          format("%,.0f ms", run.max()));
    }
    return format(
        """
        ## From an event to a reader who sees it

        Events are sent at an even rate, whatever became of those before. Time begins when an event is due, and
        ends when a reader who asks `kappa.freshness` every 10 ms first sees a frontier past it. Wanted: p99 under
        %,.0f ms at 10,000 events a second.

        %s""",
        WANTED_P99_MS, table);
  }

  private String recovery() {
    if (results.recovery().isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable("killed", "events/s", "first new commit, s", "caught up, s");
    for (RecoveryRun run : results.recovery()) {
      table.row(
          run.killed().label(),
          format("%,d", run.rate()),
          format("%.1f", run.firstCommit()),
          format("%.1f", run.caughtUp()));
    }
    return format(
        """
        ## After kill -9

        Events keep coming at an even rate while a process is killed and `./kappa up` is given at once. Time is from
        the kill to the first new frontier that a reader sees, and until the frontier is no more than %d s behind
        what is due.

        %s""",
        Recovery.USUAL.toSeconds(), table);
  }

  private String memory() {
    MarkdownTable table = new MarkdownTable(heads("at the end of"));
    uses().forEach((name, uses) -> table.row(cells(name, uses, FiguresPage::memory)));
    return """
        ## Memory of each process

        MiB resident at the end, and the most that it ever was; the greatest of the repetitions. PostgreSQL's
        processes share memory, so theirs is the sum of their proportional shares.

        """
        + table;
  }

  private static String memory(Collection<ProcessUse> uses) {
    long now = uses.stream().mapToLong(ProcessUse::memoryMb).max().orElse(0);
    long peak = uses.stream().mapToLong(ProcessUse::peakMb).max().orElse(0);
    return peak == 0 ? format("%,d", now) : format("%,d (%,d)", now, peak);
  }

  private String processors() {
    MarkdownTable table = new MarkdownTable(heads("during"));
    uses().forEach((name, uses) -> table.row(cells(name, uses, FiguresPage::processors)));
    return """
        ## Processor time of each process

        Seconds from the start of the job to the last commit, all cores together; median of the repetitions.

        """
        + table;
  }

  private static String processors(Collection<ProcessUse> uses) {
    return format("%.1f", Spread.of(uses.stream().mapToDouble(ProcessUse::cpuSeconds)).median());
  }

  private String missing() {
    if (results.missing().isEmpty()) {
      return "";
    }
    return results.missing().stream()
        .map(line -> "- " + line + "\n")
        .collect(Collectors.joining("", "## Not measured\n\n", ""));
  }

  private Map<String, List<ThroughputRun>> turns() {
    return results.throughput().stream()
        .collect(
            Collectors.groupingBy(
                run -> run.input() + ", " + name(run.setting()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private Map<String, List<Map<Part, ProcessUse>>> uses() {
    Map<String, List<Map<Part, ProcessUse>>> uses = new LinkedHashMap<>();
    turns()
        .forEach((name, runs) -> uses.put(name, runs.stream().map(ThroughputRun::uses).toList()));
    results
        .latency()
        .forEach(run -> uses.put(format("%,d events/s", run.rate()), List.of(run.uses())));
    return uses;
  }

  private static String[] heads(String first) {
    return Stream.concat(Stream.of(first), Stream.of(Part.values()).map(Part::label))
        .toArray(String[]::new);
  }

  private static String[] cells(
      String name,
      List<Map<Part, ProcessUse>> uses,
      Function<Collection<ProcessUse>, String> cell) {
    Stream<String> cells =
        Stream.of(Part.values())
            .map(part -> uses.stream().map(use -> use.get(part)).filter(Objects::nonNull).toList())
            .map(cell);
    return Stream.concat(Stream.of(name), cells).toArray(String[]::new);
  }

  private static String name(Setting setting) {
    return setting.state() + ", " + setting.interval();
  }

  /** The same on every machine, whatever its language. */
  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
