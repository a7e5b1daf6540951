package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.Machine;
import io.kappa.benchmarks.MarkdownTable;
import io.kappa.benchmarks.Spread;
import io.kappa.benchmarks.Text;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page on logs of many kinds. */
record GrowthPage(Machine machine, LocalDate date, List<GrowthRun> runs, List<String> missing) {

  private static final String OURS = Contender.OURS_REPLAY;
  private static final String NONE = "-";

  String text() {
    StringBuilder text =
        new StringBuilder(
            Text.format(
                """
                # How a replay grows

                Measured on %1$s with `make bench-growth`, which writes this page; %2$d cores (%3$s), %4$,d MiB, load before it
                began %5$.1f, %6$s. Each run is in [benchmarks/results/growth-%1$s.json](../benchmarks/results/growth-%1$s.json).

                Logs of `activity` that are each unlike the usual one in one way. Plain Java reads them and leaves the tables with one
                COPY at the end; ours is a replay of activity-metrics beside a live version (RocksDB) that has nothing to
                read, parallelism 2, from the command to the fence. Rows are proved before a time counts, as in [benchmarks.md](benchmarks.md). Median of the runs (least..greatest).

                """,
                date,
                machine.cores(),
                machine.processor(),
                machine.memoryMb(),
                machine.load(),
                machine.jdk()));
    MarkdownTable table =
        new MarkdownTable(
            "log",
            "events",
            "rows an event",
            "plain Java, s",
            "ours, s",
            "plain / ours",
            "ours, CPU s",
            "ours, peak MiB");
    for (String workload : workloads()) {
      for (long events : sizes(workload)) {
        row(table, workload, events);
      }
    }
    text.append(table).append(peers()).append(sizes()).append(keys());
    if (!missing.isEmpty()) {
      text.append("\n## Missing\n\n");
      missing.forEach(one -> text.append("- ").append(one).append('\n'));
    }
    return text.toString();
  }

  private void row(MarkdownTable table, String workload, long events) {
    Spread plain = plain(workload, events, PeerRun::seconds);
    Spread ours = ours(workload, events, PeerRun::seconds);
    long rows =
        runs.stream()
            .filter(run -> is(run, workload, events))
            .mapToLong(GrowthRun::rows)
            .max()
            .orElse(0);
    table.row(
        workload,
        Text.number(events),
        Text.format("%.3f", (double) rows / events),
        seconds(plain),
        seconds(ours),
        plain.max() > 0 && ours.max() > 0
            ? Text.format("%.2f", plain.median() / ours.median())
            : NONE,
        seconds(ours(workload, events, PeerRun::cpuSeconds)),
        Text.format("%,.0f", ours(workload, events, PeerRun::peakMb).max()));
  }

  /** How many times as long as ours each peer takes, on the logs that peers read. */
  private String peers() {
    List<String> names =
        runs.stream()
            .map(run -> run.run().contender())
            .filter(name -> !name.equals(OURS) && !name.equals(Contender.COPY))
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(
            Stream.concat(Stream.of("log", "events"), names.stream()).toArray(String[]::new));
    for (String workload : workloads()) {
      for (long events : sizes(workload)) {
        List<String> ratios = names.stream().map(name -> ratio(name, workload, events)).toList();
        if (ratios.stream().anyMatch(ratio -> !ratio.equals(NONE))) {
          table.row(
              Stream.concat(Stream.of(workload, Text.number(events)), ratios.stream())
                  .toArray(String[]::new));
        }
      }
    }
    return """

        ## Peers

        Its time / time of our replay, and its time in seconds. What each doesn't do is in [benchmarks.md](benchmarks.md).

        """
        + table;
  }

  private String ratio(String peer, String workload, long events) {
    double ours = ours(workload, events);
    double its = spread(workload, events, peer, PeerRun::seconds).median();
    return ours > 0 && its > 0 ? Text.format("%.2f (%,.1f s)", its / ours, its) : NONE;
  }

  private static String seconds(Spread spread) {
    return spread.max() > 0 ? spread.text("%,.1f") : NONE;
  }

  /** What a million events more take, from each size of the usual log to the next. */
  private String sizes() {
    MarkdownTable table = new MarkdownTable("events, from..to", "plain Java, b", "ours, b");
    List<Long> sizes = List.copyOf(sizes(Workload.USUAL));
    for (int i = 1; i < sizes.size(); i++) {
      long from = sizes.get(i - 1);
      long to = sizes.get(i);
      table.row(
          Text.number(from) + ".." + Text.number(to),
          slope(from, to, plain(Workload.USUAL, from), plain(Workload.USUAL, to)),
          slope(from, to, ours(Workload.USUAL, from), ours(Workload.USUAL, to)));
    }
    return sizes.size() < 2
        ? ""
        : "\n## With events\n\nb is what a million events more take, in seconds; what they all take before that is the start.\n\n"
            + table;
  }

  private String keys() {
    MarkdownTable table =
        new MarkdownTable("log", "plain Java, b", "ours, b", "ours, of that with fewest keys");
    double first = 0;
    List<String> ofKeys = workloads().stream().filter(Workload::isOfKeys).toList();
    TreeSet<Long> sizes = ofKeys.isEmpty() ? new TreeSet<>() : sizes(ofKeys.get(0));
    ofKeys.forEach(workload -> sizes.retainAll(sizes(workload)));
    for (String workload : ofKeys) {
      if (sizes.size() > 1) {
        double ours =
            perMillion(
                sizes.first(),
                sizes.last(),
                ours(workload, sizes.first()),
                ours(workload, sizes.last()));
        first = first == 0 ? ours : first;
        table.row(
            workload,
            slope(
                sizes.first(),
                sizes.last(),
                plain(workload, sizes.first()),
                plain(workload, sizes.last())),
            Text.format("%.2f", ours),
            Text.format("%.2f", ours / first));
      }
    }
    return first == 0
        ? ""
        : "\n## With keys\n\nThe same. Wanted: at most 2 times as much with 1,000,000 keys as with 1,000.\n\n"
            + table;
  }

  private static String slope(long fewer, long more, double least, double most) {
    return Text.format("%.2f", perMillion(fewer, more, least, most));
  }

  private static double perMillion(long fewer, long more, double least, double most) {
    return (most - least) / (more - fewer) * 1_000_000;
  }

  private double ours(String workload, long events) {
    return ours(workload, events, PeerRun::seconds).median();
  }

  private double plain(String workload, long events) {
    return plain(workload, events, PeerRun::seconds).median();
  }

  private Spread ours(String workload, long events, ToDoubleFunction<PeerRun> figure) {
    return spread(workload, events, OURS, figure);
  }

  private Spread plain(String workload, long events, ToDoubleFunction<PeerRun> figure) {
    return spread(workload, events, Contender.COPY, figure);
  }

  private Spread spread(
      String workload, long events, String contender, ToDoubleFunction<PeerRun> figure) {
    return Spread.of(
        runs.stream()
            .filter(run -> is(run, workload, events))
            .map(GrowthRun::run)
            .filter(run -> run.contender().equals(contender))
            .mapToDouble(figure));
  }

  private static boolean is(GrowthRun run, String workload, long events) {
    return run.workload().equals(workload) && run.run().events() == events;
  }

  private TreeSet<Long> sizes(String workload) {
    return runs.stream()
        .filter(run -> run.workload().equals(workload))
        .map(run -> run.run().events())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In an order that doesn't tell which were added to an earlier measurement. */
  private List<String> workloads() {
    return runs.stream()
        .map(GrowthRun::workload)
        .distinct()
        .sorted(Comparator.comparingLong(Workload::place))
        .toList();
  }
}
