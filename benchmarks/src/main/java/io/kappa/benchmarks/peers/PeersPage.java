package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.BarChart;
import io.kappa.benchmarks.Machine;
import io.kappa.benchmarks.MarkdownTable;
import io.kappa.benchmarks.Spread;
import io.kappa.benchmarks.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The page on the limit, the peers and us. */
record PeersPage(
    Machine machine,
    LocalDate date,
    List<Contender> contenders,
    List<PeerRun> runs,
    List<String> missing,
    Optional<Earlier<PeerRun>> earlier,
    Optional<String> image) {

  String text() {
    StringBuilder text =
        new StringBuilder(
            Text.format(
                """
                # Replay, held against the limit and against peers

                Measured on %1$s with `make bench-peers`, which writes this page; %2$d cores (%3$s), %4$,d MiB, load before it
                began %5$.1f, %6$s. Each run is in [benchmarks/results/peers-%1$s.json](../benchmarks/results/peers-%1$s.json).

                One log of generated `activity` (140 bytes of JSON, 4 partitions, lz4, 5,000 items, 1,000,000 events a day of event time;
                no copies, no late or broken records, so that peers that don't know those have the same to do). Each contender reads it
                from the beginning, parallelism 2, and leaves the three tables of activity-metrics in the same PostgreSQL
                (`fsync` on). Each run has a broker, a PostgreSQL and a JVM that were just started, on a copy of the log; contenders take
                turns, and each round begins with another one. Time is from the start of the process (ours: of the command) to the last
                row. Rows are proved before a time counts: their sums are what a plain addition over the log gives, and all
                contenders have the same rows. Median of the rounds (least..greatest).

                """,
                date,
                machine.cores(),
                machine.processor(),
                machine.memoryMb(),
                machine.load(),
                machine.jdk()));
    image.ifPresent(name -> text.append(Text.format("![Seconds of each contender](%s)\n\n", name)));
    for (long events : runs.stream().map(PeerRun::events).distinct().sorted().toList()) {
      text.append(Text.format("## %,d events\n\n", events)).append(table(events)).append('\n');
      text.append(ratios(events)).append('\n');
    }
    text.append(line());
    earlier.ifPresent(before -> text.append(against(before)).append('\n'));
    if (!missing.isEmpty()) {
      text.append("## Missing\n\n");
      missing.forEach(one -> text.append("- ").append(one).append('\n'));
      text.append('\n');
    }
    text.append("## What each doesn't do\n\n");
    contenders.forEach(
        one -> text.append("- ").append(one.name()).append(": ").append(one.lacks()).append(".\n"));
    return text.toString();
  }

  private MarkdownTable table(long events) {
    MarkdownTable table =
        new MarkdownTable(
            "contender",
            "seconds",
            "events/s",
            "CPU s, its own",
            "CPU s, PostgreSQL",
            "peak MiB",
            "runs");
    for (String name : Contender.names(contenders)) {
      Spread seconds = of(name, events, PeerRun::seconds);
      if (seconds.max() > 0) {
        table.row(
            name,
            seconds.text("%,.1f"),
            Text.format("%,.0f", events / seconds.median()),
            of(name, events, PeerRun::cpuSeconds).text("%,.1f"),
            of(name, events, PeerRun::storeCpuSeconds).text("%,.1f"),
            Text.format("%,.0f", of(name, events, PeerRun::peakMb).max()),
            Text.number(having(name, events).count()));
      }
    }
    return table;
  }

  /** How many times as long as ours each takes. */
  private MarkdownTable ratios(long events) {
    double ours = of(Contender.OURS_REPLAY, events, PeerRun::seconds).median();
    MarkdownTable table = new MarkdownTable("its time / time of our replay", "ratio");
    for (String name : Contender.names(contenders)) {
      double other = of(name, events, PeerRun::seconds).median();
      if (ours > 0 && other > 0 && !name.equals(Contender.OURS_REPLAY)) {
        table.row(name, Text.format("%.2f", other / ours));
      }
    }
    return table;
  }

  /** t = a + b N through the smallest and the largest log. */
  private String line() {
    List<Long> sizes = runs.stream().map(PeerRun::events).distinct().sorted().toList();
    if (sizes.size() < 2) {
      return "";
    }
    long least = sizes.get(0);
    long most = sizes.get(sizes.size() - 1);
    MarkdownTable table =
        new MarkdownTable("contender", "start-up a, seconds", "b, seconds a million events");
    for (String name : Contender.names(contenders)) {
      double small = of(name, least, PeerRun::seconds).median();
      double large = of(name, most, PeerRun::seconds).median();
      if (small > 0 && large > 0) {
        double each = (large - small) / (most - least);
        table.row(
            name, Text.format("%.1f", small - each * least), Text.format("%.2f", each * 1_000_000));
      }
    }
    return Text.format(
            "## Start-up and growth\n\nt = a + b N, through the medians at %,d and %,d events.\n\n",
            least, most)
        + table
        + "\n";
  }

  /** The seconds of each contender with the largest log. */
  String chart() {
    long most = runs.stream().mapToLong(PeerRun::events).max().orElse(0);
    BarChart chart = new BarChart(Text.format("%,d events of activity: seconds", most));
    for (String name : Contender.names(contenders)) {
      double seconds = of(name, most, PeerRun::seconds).median();
      if (seconds > 0) {
        chart.bar(name, seconds, name.equals(Contender.OURS_REPLAY));
      }
    }
    return chart.svg();
  }

  /**
   * Each now, held against then. Machines and days differ, so the plain Java that writes all rows
   * at once is the measure: how many times as long as it each took.
   */
  private String against(Earlier<PeerRun> before) {
    MarkdownTable table =
        new MarkdownTable(
            "contender", "events", "then, s", "now, s", "then, of COPY's", "now, of COPY's");
    for (long events : runs.stream().map(PeerRun::events).distinct().sorted().toList()) {
      double copyThen = of(before.runs(), Contender.COPY, events, PeerRun::seconds).median();
      double copyNow = of(Contender.COPY, events, PeerRun::seconds).median();
      for (String name : Contender.names(contenders)) {
        double then = of(before.runs(), name, events, PeerRun::seconds).median();
        double now = of(name, events, PeerRun::seconds).median();
        if (then > 0 && now > 0) {
          table.row(
              name,
              Text.number(events),
              Text.format("%,.1f", then),
              Text.format("%,.1f", now),
              copyThen > 0 ? Text.format("%.2f", then / copyThen) : "-",
              copyNow > 0 ? Text.format("%.2f", now / copyNow) : "-");
        }
      }
    }
    return Text.format("## Held against %s\n\n", before.date()) + table;
  }

  private Stream<PeerRun> having(String name, long events) {
    return having(runs, name, events);
  }

  private static Stream<PeerRun> having(List<PeerRun> runs, String name, long events) {
    return runs.stream().filter(run -> run.contender().equals(name) && run.events() == events);
  }

  private Spread of(String name, long events, ToDoubleFunction<PeerRun> figure) {
    return of(runs, name, events, figure);
  }

  private static Spread of(
      List<PeerRun> runs, String name, long events, ToDoubleFunction<PeerRun> figure) {
    return Spread.of(having(runs, name, events).mapToDouble(figure));
  }
}
