package io.kappa.control.cli;

import io.kappa.control.compare.CheckResult;
import io.kappa.control.compare.ColumnReport;
import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.Difference;
import io.kappa.control.compare.Measure;
import io.kappa.control.compare.Report;
import io.kappa.control.compare.RowCounts;
import io.kappa.control.compare.Sample;
import io.kappa.control.compare.TableReport;
import io.kappa.control.compare.Verdict;
import io.kappa.control.compare.Whereabouts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as people read it: from the sums to single rows, the verdict at the end. */
final class ComparePage {

  private final PrintWriter out;
  private final Comparison comparison;
  private final Optional<String> expired;
  private final boolean canTakeOver;

  /**
   * @param expired why the verdict no longer counts
   * @param canTakeOver readers can be cut over to the candidate
   */
  ComparePage(
      PrintWriter out, Comparison comparison, Optional<String> expired, boolean canTakeOver) {
    this.out = out;
    this.comparison = comparison;
    this.expired = expired;
    this.canTakeOver = canTakeOver;
  }

  void print(List<TableReport> tables) {
    out.println(
        "%s beside v%d, both at %s"
            .formatted(comparison.candidate(), comparison.baseline(), fence()));
    out.println();
    printSums(tables);
    tables.stream().filter(table -> !table.isIdentical()).forEach(this::printTable);
    printShapes();
    printChecks();
    printVerdict();
  }

  private String fence() {
    return comparison.fence().offsets().entrySet().stream()
        .map(
            topic ->
                topic.getKey()
                    + topic.getValue().entrySet().stream()
                        .map(offset -> offset.getKey() + ":" + offset.getValue())
                        .collect(Collectors.joining(", ", " [", "]")))
        .collect(Collectors.joining(", "));
  }

  private void printSums(List<TableReport> tables) {
    TextTable sums =
        new TextTable(
            List.of("table", "rows equal", "changed", "missing", "extra"),
            List.of(false, true, true, true, true));
    for (TableReport table : tables) {
      RowCounts rows = table.rows();
      sums.row(
          Stream.concat(
                  Stream.of(table.table()),
                  Stream.of(rows.equal(), rows.changed(), rows.missing(), rows.extra())
                      .map("%,d"::formatted))
              .toList());
    }
    sums.print(out);
  }

  private void printTable(TableReport table) {
    out.println();
    out.println("== " + table.table());
    table.added().forEach(column -> out.println("column %s is new".formatted(column)));
    table.gone().forEach(column -> out.println("column %s is gone".formatted(column)));
    table.retyped().forEach(column -> out.println("column %s; not compared".formatted(column)));
    if (table.rows().differing() == 0) {
      return;
    }
    if (!table.columns().isEmpty()) {
      printColumns(table);
    }
    Stream.concat(table.times().stream(), table.keys().stream()).forEach(this::printPlaces);
    for (Difference difference : Difference.values()) {
      printSamples(table, difference);
    }
    out.println("all of them: ./kappa sql 'select * from %s'".formatted(table.differences()));
  }

  private void printColumns(TableReport table) {
    TextTable columns =
        new TextTable(
            List.of(
                "column", "rows changed", "of all", "largest", "typical", "largest %", "typical %"),
            List.of(false, true, true, true, true, true, true));
    for (ColumnReport column : table.columns()) {
      Optional<Measure> absolute =
          column.measure(Measure.Kind.ABSOLUTE).or(() -> column.measure(Measure.Kind.SECONDS));
      Optional<Measure> relative = column.measure(Measure.Kind.RELATIVE);
      columns.row(
          List.of(
              column.column(),
              "%,d".formatted(column.differ()),
              CompareText.percent((double) column.differ() / table.rows().inBoth()),
              CompareText.of(absolute, true),
              CompareText.of(absolute, false),
              CompareText.of(relative, true),
              CompareText.of(relative, false)));
    }
    columns.print(out);
  }

  private void printPlaces(Whereabouts places) {
    out.println(
        "%s: %,d different %ss, from %s to %s"
            .formatted(
                places.column(),
                places.different(),
                places.unit(),
                CompareText.side(places.first()),
                CompareText.side(places.last())));
    boolean isEven = places.most().stream().allMatch(share -> share.rows() == 1);
    if (!isEven) {
      out.println("  most in " + most(places));
    }
  }

  private static String most(Whereabouts places) {
    return places.most().stream()
        .map(
            share ->
                "%s (%s)"
                    .formatted(
                        CompareText.place(places.unit(), share.value()),
                        CompareText.rows(share.rows())))
        .collect(Collectors.joining(", "));
  }

  private void printSamples(TableReport table, Difference difference) {
    List<Sample> samples =
        table.samples().stream().filter(sample -> sample.difference() == difference).toList();
    if (samples.isEmpty()) {
      return;
    }
    long all =
        switch (difference) {
          case CHANGED -> table.rows().changed();
          case MISSING -> table.rows().missing();
          case EXTRA -> table.rows().extra();
        };
    out.println("%s, %d of %,d:".formatted(title(difference), samples.size(), all));
    samples.forEach(sample -> out.println("  " + line(sample)));
  }

  private String title(Difference difference) {
    return switch (difference) {
      case CHANGED ->
          "changed (v%d -> v%d)".formatted(comparison.baseline(), comparison.candidate().number());
      case MISSING -> "missing (only v%d has them)".formatted(comparison.baseline());
      case EXTRA -> "extra (only v%d has them)".formatted(comparison.candidate().number());
    };
  }

  private static String line(Sample sample) {
    String key =
        sample.key().stream()
            .map(column -> CompareText.side(column.value()))
            .collect(Collectors.joining(", "));
    String values =
        sample.values().stream()
            .map(sides -> sides.column() + " " + shown(sample.difference(), sides))
            .collect(Collectors.joining(", "));
    return "%s: %s".formatted(key, values);
  }

  private static String shown(Difference difference, Sample.Sides sides) {
    return switch (difference) {
      case CHANGED ->
          "%s -> %s"
              .formatted(CompareText.side(sides.baseline()), CompareText.side(sides.candidate()));
      case MISSING -> CompareText.side(sides.baseline());
      case EXTRA -> CompareText.side(sides.candidate());
    };
  }

  private void printShapes() {
    Report report = comparison.report();
    if (report.added().isEmpty() && report.gone().isEmpty() && report.rekeyed().isEmpty()) {
      return;
    }
    out.println();
    report.added().forEach(table -> out.println("table %s is new".formatted(table)));
    report.gone().forEach(table -> out.println("table %s is gone".formatted(table)));
    report.rekeyed().forEach(table -> out.println("table %s; not compared".formatted(table)));
  }

  private void printChecks() {
    List<CheckResult> checks = comparison.report().checks();
    if (checks.isEmpty()) {
      return;
    }
    long hold =
        checks.stream().filter(check -> check.outcome() == CheckResult.Outcome.HOLDS).count();
    out.println();
    out.println("checks that hold: %d of %d".formatted(hold, checks.size()));
  }

  private void printVerdict() {
    Verdict verdict = comparison.verdict();
    out.println();
    out.println(
        "verdict: %s, by the expectations %s"
            .formatted(
                verdict.outcome(),
                comparison.expectedBy().equals("jar")
                    ? "in the candidate's jar"
                    : "in " + comparison.expectedBy()));
    verdict.reasons().forEach(reason -> out.println("  - " + reason));
    expired.ifPresent(why -> out.println("  it no longer counts: " + why));
    nextSteps().forEach(step -> out.println("  -> " + step));
  }

  private List<String> nextSteps() {
    if (!canTakeOver) {
      return List.of(
          comparison.report().isIdentical()
              ? "the log gives the rows that readers see"
              : "the log gives other rows than readers see");
    }
    if (expired.isPresent()) {
      return List.of();
    }
    String job = comparison.candidate().job().value();
    String asItIs = "./kappa cutover %s --accept \"why\" takes it as it is".formatted(job);
    String giveUp = "./kappa abort %s gives it up".formatted(job);
    return switch (comparison.verdict().outcome()) {
      case PASS -> List.of("./kappa cutover %s lets readers see it".formatted(job));
      case UNDECIDED ->
          List.of(
              "./kappa compare %s --expectations FILE judges by what you declare".formatted(job),
              asItIs,
              giveUp);
      case FAIL -> List.of(giveUp, asItIs);
    };
  }
}
