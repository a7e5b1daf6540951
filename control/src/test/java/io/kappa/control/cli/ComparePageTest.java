package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.Identifier;
import io.kappa.common.table.SqlType;
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
import io.kappa.control.version.Frontier;
import io.kappa.control.version.VersionName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparePageTest {

  private static final TableReport HOURLY =
      new TableReport(
          "item_hourly",
          "shop_v2_baseline.item_hourly_differences",
          new RowCounts(1_234, 10, 1, 1),
          List.of("events", "last_at", "label"),
          List.of(
              new ColumnReport(
                  "events",
                  SqlType.BIGINT,
                  10,
                  List.of(
                      new Measure(Measure.Kind.ABSOLUTE, 10, 1_200, 2),
                      new Measure(Measure.Kind.RELATIVE, 10, 0.5, 0.00001))),
              new ColumnReport(
                  "last_at",
                  SqlType.TIMESTAMPTZ,
                  2,
                  List.of(new Measure(Measure.Kind.SECONDS, 2, 10_800, 90))),
              new ColumnReport("label", SqlType.TEXT, 1, List.of())),
          List.of("likes"),
          List.of(),
          List.of("kind was text and is bigint"),
          List.of(
              new Sample(
                  Difference.CHANGED,
                  List.of(
                      new Sample.KeyValue("item_id", "a\n\u001b[31m"),
                      new Sample.KeyValue("hour", "2026-01-01 10:00:00+00")),
                  List.of(
                      new Sample.Sides("events", "5", "7"), new Sample.Sides("label", null, "x"))),
              new Sample(
                  Difference.MISSING,
                  List.of(new Sample.KeyValue("item_id", "b")),
                  List.of(new Sample.Sides("events", "1", null))),
              new Sample(
                  Difference.EXTRA,
                  List.of(new Sample.KeyValue("item_id", "c")),
                  List.of(new Sample.Sides("events", null, "1")))),
          List.of(
              new Whereabouts(
                  "hour",
                  "day",
                  "2026-01-01 10:00:00+00",
                  "2026-01-03 11:00:00+00",
                  2,
                  List.of(
                      new Whereabouts.Share("2026-01-01 00:00:00+00", 11),
                      new Whereabouts.Share("2026-01-03 00:00:00+00", 1)))),
          List.of(
              new Whereabouts(
                  "item_id", "value", "a", "c", 3, List.of(new Whereabouts.Share("a", 10)))));
  private static final TableReport SAME =
      new TableReport(
          "item_totals",
          "shop_v2_baseline.item_totals_differences",
          new RowCounts(7, 0, 0, 0),
          List.of("events"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static String page(
      Report report, Verdict verdict, Optional<String> expired, boolean canTakeOver) {
    Comparison comparison =
        new Comparison(
            new VersionName(new Identifier("shop"), 2),
            1,
            1,
            Frontier.of(Map.of("activity", Map.of(0, 5L, 1, 7L))),
            "",
            "jar",
            report,
            verdict,
            Instant.EPOCH);
    StringWriter out = new StringWriter();
    new ComparePage(new PrintWriter(out), comparison, expired, canTakeOver).print(report.tables());
    return out.toString();
  }

  @Test
  void thePageGoesFromTheSumsToSingleRowsAndEndsWithWhatToDo() {
    Report report =
        new Report(
            List.of(HOURLY, SAME),
            List.of("item_daily"),
            List.of("old"),
            List.of("odd: its key was (a) and is (b)"),
            List.of(
                new CheckResult("sums", CheckResult.Outcome.HOLDS, ""),
                new CheckResult("ends", CheckResult.Outcome.DOES_NOT_HOLD, "false")));
    Verdict verdict =
        new Verdict(Verdict.Outcome.FAIL, List.of("check 'ends' doesn't hold: it says false"));

    assertThat(page(report, verdict, Optional.empty(), true))
        .isEqualTo(
            """
            shop v2 beside v1, both at activity [0:5, 1:7]

            table       | rows equal | changed | missing | extra
            ------------+------------+---------+---------+------
            item_hourly |      1,234 |      10 |       1 |     1
            item_totals |          7 |       0 |       0 |     0

            == item_hourly
            column likes is new
            column kind was text and is bigint; not compared
            column  | rows changed | of all | largest | typical | largest % | typical %
            --------+--------------+--------+---------+---------+-----------+----------
            events  |           10 |  0.8 % |   1,200 |       2 |    50.0 % |   < 0.1 %
            last_at |            2 |  0.2 % |   3.0 h |    90 s |           |
            label   |            1 |  0.1 % |         |         |           |
            hour: 2 different days, from 2026-01-01 10:00:00+00 to 2026-01-03 11:00:00+00
              most in 2026-01-01 (11 rows), 2026-01-03 (1 row)
            item_id: 3 different values, from a to c
              most in a (10 rows)
            changed (v1 -> v2), 1 of 10:
              a\\u000a\\u001b[31m, 2026-01-01 10:00:00+00: events 5 -> 7, label NULL -> x
            missing (only v1 has them), 1 of 1:
              b: events 1
            extra (only v2 has them), 1 of 1:
              c: events 1
            all of them: ./kappa sql 'select * from shop_v2_baseline.item_hourly_differences'

            table item_daily is new
            table old is gone
            table odd: its key was (a) and is (b); not compared

            checks that hold: 1 of 2

            verdict: FAIL, by the expectations in the candidate's jar
              - check 'ends' doesn't hold: it says false
              -> ./kappa abort shop gives it up
              -> ./kappa cutover shop --accept "why" takes it as it is
            """);
  }

  @Test
  void withoutDifferencesThePageIsShort() {
    Report report = new Report(List.of(SAME), List.of(), List.of(), List.of(), List.of());
    Verdict verdict = new Verdict(Verdict.Outcome.PASS, List.of("nothing differs"));

    assertThat(page(report, verdict, Optional.empty(), true))
        .isEqualTo(
            """
            shop v2 beside v1, both at activity [0:5, 1:7]

            table       | rows equal | changed | missing | extra
            ------------+------------+---------+---------+------
            item_totals |          7 |       0 |       0 |     0

            verdict: PASS, by the expectations in the candidate's jar
              - nothing differs
              -> ./kappa cutover shop lets readers see it
            """);
  }

  @Test
  void aVerdictThatNoLongerCountsOffersNoCutover() {
    Report report = new Report(List.of(SAME), List.of(), List.of(), List.of(), List.of());
    Verdict verdict = new Verdict(Verdict.Outcome.PASS, List.of("nothing differs"));

    assertThat(page(report, verdict, Optional.of("v3 is live now"), true))
        .endsWith("  - nothing differs\n  it no longer counts: v3 is live now\n");
  }

  @Test
  void aVersionThatIsThereToBeComparedOnlyIsNotOffered() {
    Report report = new Report(List.of(SAME), List.of(), List.of(), List.of(), List.of());
    Verdict verdict = new Verdict(Verdict.Outcome.PASS, List.of("nothing differs"));

    assertThat(page(report, verdict, Optional.empty(), false))
        .endsWith("  - nothing differs\n  -> the log gives the rows that readers see\n");
  }
}
