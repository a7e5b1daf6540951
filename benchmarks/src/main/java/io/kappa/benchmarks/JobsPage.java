package io.kappa.benchmarks;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page on what the jobs do: speed, state, and what they find. */
record JobsPage(
    Machine machine,
    LocalDate date,
    long seed,
    List<JobRun> runs,
    Map<String, FraudQuality> qualities,
    String comparison,
    Map<String, List<List<String>>> neighbours) {

  String text() {
    return Stream.of(head(), speed(), fraud(), recommendations())
        .filter(section -> !section.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String head() {
    return Text.format(
        """
        # What the jobs do

        Measured on %s with `make bench-jobs`, which writes this page; %d cores (%s), %,d MiB, load before it
        began %.1f, %s. All figures are in [benchmarks/results/jobs-%s.json](../benchmarks/results/jobs-%s.json). What
        each table means is in the page of each job, such as [fraud-detection](../jobs/src/main/java/io/kappa/jobs/frauddetection/README.md).
        """,
        date,
        machine.cores(),
        machine.processor(),
        machine.memoryMb(),
        machine.load(),
        machine.jdk(),
        date,
        date);
  }

  private String speed() {
    MarkdownTable table =
        new MarkdownTable(
            "job",
            "events in the log",
            "of its topics",
            "records/s from the first commit on",
            "records/s, start-up included",
            "replay to its fence, s",
            "records/s of the replay",
            "rows",
            "keys",
            "state, KiB",
            "bytes of state a key");
    for (JobRun run : runs) {
      table.row(
          run.job(),
          Text.number(run.events()),
          Text.number(run.records()),
          Text.whole(run.steadyRate()),
          Text.whole(run.rate()),
          Text.format("%.1f", run.replaySeconds()),
          Text.whole(run.replayRate()),
          Text.number(run.rows()),
          Text.number(run.keys()),
          Text.number(run.stateBytes() / 1024),
          Text.whole(run.stateBytesPerKey()));
    }
    return """
        ## Speed and state

        `./kappa generate --events N --seed %d` writes a log of all six topics, 60 days of event time; then one job after
        the other is started (profile `live`: RocksDB, a checkpoint a second, parallelism %d) and timed from `./kappa start` to the commit
        whose frontier is the log's end, while those that were started before it stand idle. State is the whole size of its
        last checkpoint then. After that a version of the same is replayed beside it (`./kappa replay`, start-up included). Keys: %s.

        %s"""
        .formatted(
            seed,
            Setting.PARALLELISM,
            MeasuredJob.ALL.stream()
                .map(job -> "%s by %s".formatted(job.name(), job.key()))
                .collect(Collectors.joining(", ")),
            table);
  }

  private String fraud() {
    if (qualities.isEmpty()) {
      return "";
    }
    String tables =
        qualities.entrySet().stream()
            .map(each -> "### %s\n\n%s".formatted(each.getKey(), each.getValue().text()))
            .collect(Collectors.joining("\n"));
    return """
        ## fraud-detection: how good its alerts are

        The smaller of the logs (seed %d), held against `generate --truth`. Precision: of the transactions with an alert, those that are fraud.
        Recall: of the frauds, those with an alert. Frauds whose record is late or broken aren't counted, as nobody can see them.

        %s
        ### What `./kappa compare fraud-detection --table alerts` says before the cut-over

        ```
        %s
        ```
        """
        .formatted(seed, tables, comparison.strip());
  }

  private String recommendations() {
    if (neighbours.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            """
            ## recommendations: neighbours on real sales

            The 320,705 lines of [online-retail](https://doi.org/10.24432/C5BW33), loaded with `./kappa load activity FILE --mapping online-retail`;
            `similar_items` of four items, the first eight ranks. `OnlineRetailIT` holds them against the oracle.
            """);
    neighbours.forEach(
        (item, rows) -> {
          MarkdownTable table = new MarkdownTable("item", "rank", "score", "buyers of both");
          rows.forEach(row -> table.row(row.toArray(String[]::new)));
          text.append("\n### %s\n\n%s".formatted(item, table));
        });
    return text.toString();
  }
}
