package io.kappa.control.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.SqlType;
import io.kappa.control.compare.CheckResult.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  private static final RowCounts SAME = new RowCounts(100, 0, 0, 0);

  /** 90 equal rows, 10 in which n differs by up to 5, or 50 %. */
  private static final TableReport CHANGED =
      table(
          new RowCounts(90, 10, 0, 0),
          List.of(
              new ColumnReport(
                  "n",
                  SqlType.BIGINT,
                  10,
                  List.of(
                      new Measure(Measure.Kind.ABSOLUTE, 10, 5, 1),
                      new Measure(Measure.Kind.RELATIVE, 9, 0.5, 0.1)))));

  private static TableReport table(RowCounts rows, List<ColumnReport> columns) {
    return shaped(rows, columns, List.of(), List.of(), List.of());
  }

  private static TableReport shaped(
      RowCounts rows,
      List<ColumnReport> columns,
      List<String> added,
      List<String> gone,
      List<String> retyped) {
    return new TableReport(
        "items",
        "x.items_differences",
        rows,
        List.of("n", "m"),
        columns,
        added,
        gone,
        retyped,
        List.of(),
        List.of(),
        List.of());
  }

  private static Report report(TableReport... tables) {
    return new Report(List.of(tables), List.of(), List.of(), List.of(), List.of());
  }

  private static Verdict judge(Report report, String expectations) {
    return Verdict.of(report, ExpectationsText.parse("e.yaml", expectations));
  }

  private static Verdict verdict(String outcome, String... reasons) {
    return new Verdict(Verdict.Outcome.valueOf(outcome), List.of(reasons));
  }

  @Test
  void withoutDifferencesItPasses() {
    assertThat(judge(report(table(SAME, List.of())), ""))
        .isEqualTo(verdict("PASS", "nothing differs", "no checks were declared"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | PASS | every difference was declared",
        "{absolute: 5} | PASS | every difference was declared",
        "{absolute: 4.9} | FAIL |" + " items.n differs by up to 5 (absolute); allowed is 4.900",
        "{share: 0.1} | PASS | every difference was declared",
        "{share: 0.09} | FAIL |"
            + " items.n changed in 10 rows, a share of 0.1000; allowed is 0.09000",
        // One row's baseline is 0 or NULL: no share of it is within any bound.
        "{relative: 1} | FAIL | items.n: 1 of its 10 differences have no size in 'relative', so it"
            + " can't be within 1",
        "{seconds: 1} | FAIL | items.n: 10 of its 10 differences have no size in 'seconds', so it"
            + " can't be within 1",
      })
  void aChangedColumnIsHeldAgainstItsBounds(String bounds, String outcome, String reason) {
    Verdict verdict =
        judge(report(CHANGED), "tables: {items: {columns: {n: %s}}}".formatted(bounds));

    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.valueOf(outcome));
    assertThat(verdict.reasons()).first().isEqualTo(reason);
  }

  @Test
  void eachBoundThatIsOversteppedIsNamed() {
    assertThat(
            judge(
                report(CHANGED),
                "tables: {items: {columns: {n: {absolute: 1, relative: 0.1, share: 0.01}}}}"))
        .isEqualTo(
            verdict(
                "FAIL",
                "items.n differs by up to 5 (absolute); allowed is 1",
                "items.n: 1 of its 10 differences have no size in 'relative', so it can't be"
                    + " within 0.1000",
                "items.n differs by up to 0.5000 (relative); allowed is 0.1000",
                "items.n changed in 10 rows, a share of 0.1000; allowed is 0.01000"));
  }

  @Test
  void aChangedColumnOfWhichNothingIsSaidIsLeftToAPerson() {
    assertThat(judge(report(CHANGED), "tables: {items: {columns: {m: {}}}}"))
        .isEqualTo(
            verdict("UNDECIDED", "items.n changed in 10 rows, and nothing says that it may"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing | '' | UNDECIDED | items has 20 missing rows, and nothing says that it may",
        "missing | {} | PASS | every difference was declared",
        "missing | {count: 20} | PASS | every difference was declared",
        "missing | {count: 19} | FAIL | items has 20 missing rows; allowed is 19",
        "missing | {share: 0.2} | PASS | every difference was declared",
        "missing | {share: 0.19} | FAIL |"
            + " items has 20 missing rows, a share of 0.2000; allowed is 0.1900",
        "missing | '{count: 20, share: 0.1}' | FAIL |"
            + " items has 20 missing rows, a share of 0.2000; allowed is 0.1000",
        "extra | '' | UNDECIDED | items has 20 extra rows, and nothing says that it may",
        "extra | {} | PASS | every difference was declared",
        "extra | {count: 19} | FAIL | items has 20 extra rows; allowed is 19",
        "extra | {share: 0.2} | PASS | every difference was declared",
        "extra | {share: 0} | FAIL |" + " items has 20 extra rows, a share of 0.2000; allowed is 0",
      })
  void missingAndExtraRowsAreHeldAgainstTheirBounds(
      String kind, String bounds, String outcome, String reason) {
    boolean missing = kind.equals("missing");
    RowCounts rows = new RowCounts(80, 0, missing ? 20 : 0, missing ? 0 : 20);

    Verdict verdict =
        judge(
            report(table(rows, List.of())),
            "tables: {items: {%s: %s}}"
                .formatted(kind, bounds.isEmpty() ? "" : bounds)
                .replace("missing: }", "}")
                .replace("extra: }", "}"));

    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.valueOf(outcome));
    assertThat(verdict.reasons()).first().isEqualTo(reason);
  }

  @Test
  void anotherShapeWantsToBeDeclared() {
    TableReport shaped =
        shaped(SAME, List.of(), List.of("likes"), List.of("shares"), List.of("m was a and is b"));
    Report report =
        new Report(
            List.of(shaped), List.of("new"), List.of("old"), List.of("odd: its key"), List.of());

    assertThat(report.isIdentical()).isFalse();
    assertThat(judge(report, ""))
        .isEqualTo(
            verdict(
                "UNDECIDED",
                "column items.likes is new, and isn't declared under 'added'",
                "column items.shares is gone, and isn't declared under 'gone'",
                "not compared: items.m was a and is b",
                "table new is new, and isn't declared under 'added'",
                "table old is gone, and isn't declared under 'gone'",
                "not compared: table odd: its key"));
    assertThat(judge(report, "{added: [items.likes, new], gone: [items.shares, old]}"))
        .as("what can't be compared can't be declared")
        .isEqualTo(
            verdict(
                "UNDECIDED",
                "not compared: items.m was a and is b",
                "not compared: table odd: its key"));
  }

  @Test
  void whatIsDeclaredAddedPasses() {
    Report report =
        new Report(
            List.of(shaped(SAME, List.of(), List.of("likes"), List.of("shares"), List.of())),
            List.of("new"),
            List.of("old"),
            List.of(),
            List.of());

    assertThat(judge(report, "{added: [items.likes, new], gone: [items.shares, old]}").outcome())
        .isEqualTo(Verdict.Outcome.PASS);
  }

  @Test
  void namesThatNeitherHasAreSlipsThatGuardNothing() {
    assertThat(
            judge(report(table(SAME, List.of())), "tables: {itms: {}, items: {columns: {x: {}}}}"))
        .isEqualTo(
            verdict(
                "UNDECIDED",
                "the expectations name table itms, which neither has",
                "the expectations name column items.x, which was not among those compared"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOLDS | PASS | nothing differs",
        "DOES_NOT_HOLD | FAIL | check 'sums' doesn't hold: it says why",
        "COULD_NOT_BE_RUN | UNDECIDED | check 'sums' couldn't be run: why",
      })
  void aCheckWeighsByWhatCameOfIt(Outcome outcome, String expected, String reason) {
    Report report =
        report(table(SAME, List.of())).with(List.of(new CheckResult("sums", outcome, "why")));

    Verdict verdict = judge(report, "checks: [{name: sums, sql: SELECT true}]");

    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.valueOf(expected));
    assertThat(verdict.reasons()).first().isEqualTo(reason);
  }

  @Test
  void aCheckThatWasNotRunProvesNothing() {
    assertThat(judge(report(table(SAME, List.of())), "checks: [{name: sums, sql: SELECT true}]"))
        .isEqualTo(verdict("UNDECIDED", "check 'sums' wasn't run"));
  }

  @Test
  void oneFailureOutweighsWhatIsUndecided() {
    Report report =
        report(CHANGED).with(List.of(new CheckResult("sums", Outcome.DOES_NOT_HOLD, "false")));

    assertThat(judge(report, "checks: [{name: sums, sql: SELECT true}]"))
        .isEqualTo(
            verdict(
                "FAIL",
                "check 'sums' doesn't hold: it says false",
                "items.n changed in 10 rows, and nothing says that it may"));
  }

  @Test
  void aReportIsIdenticalOnlyIfEachTableIs() {
    assertThat(report(table(SAME, List.of())).isIdentical()).isTrue();
    assertThat(report().isIdentical()).isTrue();
    assertThat(report(table(SAME, List.of()), CHANGED).isIdentical()).isFalse();
    assertThat(report(table(new RowCounts(1, 0, 1, 0), List.of())).isIdentical()).isFalse();
    assertThat(report(table(new RowCounts(1, 0, 0, 1), List.of())).isIdentical()).isFalse();
  }
}
