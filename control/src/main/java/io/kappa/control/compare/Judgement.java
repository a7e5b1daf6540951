package io.kappa.control.compare;

import io.kappa.control.compare.Expectations.Check;
import io.kappa.control.compare.Expectations.Limit;
import io.kappa.control.compare.Expectations.OfColumn;
import io.kappa.control.compare.Expectations.OfTable;
import io.kappa.control.compare.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through a report and collects what speaks against the candidate. */
final class Judgement {

  private static final OfTable NOTHING = new OfTable(Optional.empty(), Optional.empty(), Map.of());

  private final Expectations expectations;
  private final List<String> failures = new ArrayList<>();
  private final List<String> unforeseen = new ArrayList<>();

  Judgement(Expectations expectations) {
    this.expectations = expectations;
  }

  void judge(Report report) {
    expectations.checks().forEach(check -> judge(check, report.checks()));
    report.tables().forEach(this::judge);
    report.added().forEach(table -> foreseen("table " + table + " is new", table, true));
    report.gone().forEach(table -> foreseen("table " + table + " is gone", table, false));
    report.rekeyed().forEach(table -> unforeseen.add("not compared: table " + table));
    judgeNames(report);
  }

  Verdict verdict(Report report) {
    if (!failures.isEmpty()) {
      List<String> all = new ArrayList<>(failures);
      all.addAll(unforeseen);
      return new Verdict(Outcome.FAIL, all);
    }
    if (!unforeseen.isEmpty()) {
      return new Verdict(Outcome.UNDECIDED, unforeseen);
    }
    int checks = expectations.checks().size();
    return new Verdict(
        Outcome.PASS,
        List.of(
            report.isIdentical() ? "nothing differs" : "every difference was declared",
            checks == 0
                ? "no checks were declared"
                : "checks that hold: all %d".formatted(checks)));
  }

  private void judge(Check check, List<CheckResult> results) {
    Optional<CheckResult> result =
        results.stream().filter(r -> r.name().equals(check.name())).findFirst();
    if (result.isEmpty()) {
      unforeseen.add("check '%s' wasn't run".formatted(check.name()));
      return;
    }
    switch (result.get().outcome()) {
      case HOLDS -> {}
      case DOES_NOT_HOLD ->
          failures.add(
              "check '%s' doesn't hold: it says %s".formatted(check.name(), result.get().detail()));
      case COULD_NOT_BE_RUN ->
          unforeseen.add(
              "check '%s' couldn't be run: %s".formatted(check.name(), result.get().detail()));
    }
  }

  private void judge(TableReport table) {
    OfTable expected = expectations.tables().getOrDefault(table.table(), NOTHING);
    RowCounts rows = table.rows();
    judge(table.table(), Difference.MISSING, rows.missing(), rows.inBaseline(), expected.missing());
    judge(table.table(), Difference.EXTRA, rows.extra(), rows.inCandidate(), expected.extra());
    for (ColumnReport column : table.columns()) {
      String name = table.table() + "." + column.column();
      OfColumn bounds = expected.columns().get(column.column());
      if (bounds == null) {
        unforeseen.add(
            "%s changed in %,d rows, and nothing says that it may"
                .formatted(name, column.differ()));
      } else {
        judge(name, column, rows.inBoth(), bounds);
      }
    }
    for (String column : table.added()) {
      String name = table.table() + "." + column;
      foreseen("column " + name + " is new", name, true);
    }
    for (String column : table.gone()) {
      String name = table.table() + "." + column;
      foreseen("column " + name + " is gone", name, false);
    }
    table
        .retyped()
        .forEach(column -> unforeseen.add("not compared: %s.%s".formatted(table.table(), column)));
  }

  private void judge(
      String table, Difference kind, long found, long all, Optional<Limit> declared) {
    if (found == 0) {
      return;
    }
    String what = "%s has %,d %s rows".formatted(table, found, kind.text());
    if (declared.isEmpty()) {
      unforeseen.add(what + ", and nothing says that it may");
      return;
    }
    Limit limit = declared.get();
    if (limit.count().isPresent() && found > limit.count().getAsLong()) {
      failures.add("%s; allowed is %,d".formatted(what, limit.count().getAsLong()));
    }
    if (limit.share().isPresent() && share(found, all) > limit.share().getAsDouble()) {
      failures.add(
          "%s, a share of %s; allowed is %s"
              .formatted(what, text(share(found, all)), text(limit.share().getAsDouble())));
    }
  }

  private void judge(String name, ColumnReport column, long rowsInBoth, OfColumn bounds) {
    for (Measure.Kind kind : Measure.Kind.values()) {
      Double most = bounds.largest().get(kind);
      if (most != null) {
        judge(name, column, kind, most);
      }
    }
    double share = share(column.differ(), rowsInBoth);
    if (bounds.share().isPresent() && share > bounds.share().getAsDouble()) {
      failures.add(
          "%s changed in %,d rows, a share of %s; allowed is %s"
              .formatted(name, column.differ(), text(share), text(bounds.share().getAsDouble())));
    }
  }

  private void judge(String name, ColumnReport column, Measure.Kind kind, double most) {
    String unit = kind.name().toLowerCase(Locale.ROOT);
    Optional<Measure> measure = column.measure(kind);
    long sized = measure.map(Measure::rows).orElse(0L);
    if (sized < column.differ()) {
      failures.add(
          "%s: %,d of its %,d differences have no size in '%s', so it can't be within %s"
              .formatted(name, column.differ() - sized, column.differ(), unit, text(most)));
    }
    if (measure.isPresent() && measure.get().largest() > most) {
      failures.add(
          "%s differs by up to %s (%s); allowed is %s"
              .formatted(name, text(measure.get().largest()), unit, text(most)));
    }
  }

  private void foreseen(String what, String name, boolean isAdded) {
    List<String> declared = isAdded ? expectations.added() : expectations.gone();
    if (!declared.contains(name)) {
      unforeseen.add(
          "%s, and isn't declared under '%s'".formatted(what, isAdded ? "added" : "gone"));
    }
  }

  /** A name that nobody has is a slip of the pen, and its bounds would guard nothing. */
  private void judgeNames(Report report) {
    Set<String> known = new LinkedHashSet<>(report.added());
    known.addAll(report.gone());
    report.tables().forEach(table -> known.add(table.table()));
    report.rekeyed().forEach(table -> known.add(table.replaceFirst(":.*", "")));
    for (String table : expectations.tables().keySet()) {
      if (!known.contains(table)) {
        unforeseen.add("the expectations name table %s, which neither has".formatted(table));
      }
    }
    report.tables().forEach(this::judgeColumnNames);
  }

  private void judgeColumnNames(TableReport table) {
    OfTable expected = expectations.tables().getOrDefault(table.table(), NOTHING);
    for (String column : expected.columns().keySet()) {
      if (!table.compared().contains(column)) {
        unforeseen.add(
            "the expectations name column %s.%s, which was not among those compared"
                .formatted(table.table(), column));
      }
    }
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? "%,d".formatted((long) number)
        : "%.4g".formatted(number);
  }
}
