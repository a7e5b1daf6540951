package io.kappa.control.compare;

import static io.kappa.control.compare.BesideStore.FENCE;
import static io.kappa.control.compare.BesideStore.V2;
import static io.kappa.control.compare.BesideStore.key;
import static io.kappa.control.compare.BesideStore.pair;
import static io.kappa.control.compare.BesideStore.row;
import static io.kappa.control.compare.BesideStore.table;
import static io.kappa.control.compare.BesideStore.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.table.SqlType;
import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.version.Frontier;
import io.kappa.local.junit.LocalStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenceComparisonIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final TableShape ITEMS = TestStore.ITEMS;
  private static final String SEEN = "2026-01-01 00:00:00+00";
  private static final String DIFFERENCES = "activity_metrics_v2_baseline.items_differences";

  private TestStore store;
  private BesideStore beside;

  @BeforeEach
  void besideEachOther() {
    store = TestStore.in(STACK.freshDatabase());
    beside = BesideStore.in(store);
  }

  private void sameItems() throws Exception {
    beside.baseline(ITEMS, List.of(row("a", "1", SEEN)));
    beside.candidate(ITEMS, List.of(row("a", "1", SEEN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | 6 | ./kappa wait activity-metrics waits until it is there",
        "5 | 8 | it has gone on; ./kappa replay activity-metrics makes a candidate that can be compared",
        "4 | 8 | ./kappa wait activity-metrics waits until it is there"
      })
  void aCandidateElsewhereThanAtItsFenceIsNotCompared(long first, long second, String remedy)
      throws Exception {
    sameItems();
    beside.moveTo(Frontier.of(Map.of("activity", Map.of(0, first, 1, second))));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> beside.compare(List.of(ITEMS), List.of(ITEMS)))
        .withMessage(
            "activity-metrics v2 is at {\"activity\":{\"0\":%d,\"1\":%d}} and its fence is at"
                + " {\"activity\":{\"0\":5,\"1\":7}}: rows from two places in the log tell nothing",
            first, second)
        .extracting(Refusal::remedy)
        .isEqualTo(remedy);
  }

  @Test
  void ofAVersionThatTheCatalogueDoesNotHaveNothingIsCompared() throws Exception {
    store.run("kappa_owner", "DELETE FROM kappa.ledger WHERE version = 2");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> beside.compare(List.of(), List.of()))
        .withMessage("The catalogue has no activity-metrics v2");
  }

  @Test
  void comparedTwiceTheSecondTimeCounts() throws Exception {
    sameItems();
    Comparison first = beside.compare(List.of(ITEMS), List.of(ITEMS));
    store.run("kappa_owner", "UPDATE activity_metrics_v2.items SET n = NULL");

    Comparison second = beside.compare(List.of(ITEMS), List.of(ITEMS));

    assertThat(first.report().isIdentical()).isTrue();
    assertThat(first.verdict().outcome()).isEqualTo(Verdict.Outcome.PASS);
    assertThat(second.report().isIdentical()).isFalse();
    assertThat(store.rows("kappa_owner", "SELECT * FROM " + DIFFERENCES))
        .containsExactly("a|changed|1|null|2026-01-01 00:00:00+00|2026-01-01 00:00:00+00");
  }

  @Test
  void readersMayLookAtTheDifferencesAndAtNothingElseThere() throws Exception {
    sameItems();
    beside.compare(List.of(ITEMS), List.of(ITEMS));

    assertThat(store.rows("kappa_reader", "SELECT count(*) FROM " + DIFFERENCES))
        .containsExactly("0");
    assertThatExceptionOfType(java.sql.SQLException.class)
        .isThrownBy(
            () -> store.rows("kappa_reader", "SELECT * FROM activity_metrics_v2_baseline.items"))
        .extracting(java.sql.SQLException::getSQLState)
        .isEqualTo("42501");
  }

  @Test
  void emptyTablesAreTheSame() throws Exception {
    beside.baseline(ITEMS, List.of());
    beside.candidate(ITEMS, List.of());

    Report report = beside.compare(List.of(ITEMS), List.of(ITEMS)).report();

    assertThat(report.isIdentical()).isTrue();
    assertThat(report.tables().get(0).rows()).isEqualTo(new RowCounts(0, 0, 0, 0));
  }

  @Test
  void anEmptyCandidateMissesAllRows() throws Exception {
    beside.baseline(ITEMS, List.of(row("a", "1", SEEN), row("b", null, null)));
    beside.candidate(ITEMS, List.of());

    Report report = beside.compare(List.of(ITEMS), List.of(ITEMS)).report();

    assertThat(report.tables().get(0).rows()).isEqualTo(new RowCounts(0, 0, 2, 0));
  }

  @Test
  void tablesAndColumnsThatOnlyOneHasAreListedAndTheRestIsCompared() throws Exception {
    TableShape before =
        table(
            "items",
            key("id", SqlType.TEXT),
            value("n", SqlType.BIGINT),
            value("old", SqlType.TEXT),
            value("kind", SqlType.TEXT));
    TableShape after =
        table(
            "items",
            key("id", SqlType.TEXT),
            value("kind", SqlType.BIGINT),
            value("new", SqlType.TEXT),
            value("n", SqlType.BIGINT));
    TableShape gone = table("gone", key("id", SqlType.TEXT), value("n", SqlType.BIGINT));
    TableShape added = table("added", key("id", SqlType.TEXT), value("n", SqlType.BIGINT));
    TableShape odd = table("odd", key("id", SqlType.TEXT), value("n", SqlType.BIGINT));
    TableShape oddNow =
        table("odd", key("id", SqlType.TEXT), key("at", SqlType.DATE), value("n", SqlType.BIGINT));
    beside.baseline(before, List.of(row("a", "1", "x", "y"), row("b", "1", "x", "y")));
    beside.candidate(after, List.of(row("a", "2", "z", "1"), row("b", "2", "z", "3")));

    Report report =
        beside.compare(List.of(after, added, oddNow), List.of(gone, before, odd)).report();

    assertThat(report.added()).containsExactly("added");
    assertThat(report.gone()).containsExactly("gone");
    assertThat(report.rekeyed())
        .containsExactly("odd: its key was (id text) and is (id text, at date)");
    TableReport items = report.tables().get(0);
    assertThat(items.rows()).isEqualTo(new RowCounts(1, 1, 0, 0));
    assertThat(items.compared()).containsExactly("n");
    assertThat(items.added()).containsExactly("new");
    assertThat(items.gone()).containsExactly("old");
    assertThat(items.retyped()).containsExactly("kind was text and is bigint");
  }

  @Test
  void namesThatWouldClashAreKeptApart() throws Exception {
    String longest = "c".repeat(41);
    TableShape clashing =
        table(
            "items",
            key("difference", SqlType.TEXT),
            key("n_baseline", SqlType.TEXT),
            value("n", SqlType.BIGINT),
            value("n_candidate", SqlType.BIGINT),
            value("n_candidate_", SqlType.BIGINT),
            value(longest, SqlType.BIGINT));
    TableShape taken =
        table("items_differences", key("id", SqlType.TEXT), value("n", SqlType.TEXT));
    TableShape named = table("t".repeat(41), key("id", SqlType.TEXT), value("n", SqlType.TEXT));
    List<TableShape> all = List.of(clashing, taken, named);
    beside.baseline(clashing, List.of(row("a", "b", "1", "2", "3", "4")));
    beside.candidate(clashing, List.of(row("a", "b", "5", "6", "7", "8")));
    beside.baseline(taken, List.of(row("a", "kept")));
    beside.candidate(taken, List.of(row("a", "kept")));
    beside.baseline(named, List.of(row("a", "x")));
    beside.candidate(named, List.of(row("b", "x")));

    Report report = beside.compare(all, all).report();

    assertThat(report.tables().get(0).differences())
        .isEqualTo("activity_metrics_v2_baseline.items_differences_");
    assertThat(report.tables().get(0).samples())
        .containsExactly(
            new Sample(
                Difference.CHANGED,
                List.of(
                    new Sample.KeyValue("difference", "a"), new Sample.KeyValue("n_baseline", "b")),
                List.of(
                    new Sample.Sides("n", "1", "5"),
                    new Sample.Sides("n_candidate", "2", "6"),
                    new Sample.Sides("n_candidate_", "3", "7"),
                    new Sample.Sides(longest, "4", "8"))));
    assertThat(
            store.rows(
                "kappa_owner", "SELECT * FROM activity_metrics_v2_baseline.items_differences"))
        .as("the copy of a table of that name is left alone")
        .containsExactly("a|kept");
    assertThat(report.tables().get(2).rows()).isEqualTo(new RowCounts(0, 0, 1, 1));
  }

  @Test
  void theQuarantineIsComparedTooAndLongValuesAreCutInSamples() throws Exception {
    TableShape quarantine = QuarantinedRecord.TABLE.shape();
    String bytes = "\\x" + "ff".repeat(1_000_000);
    beside.baseline(
        quarantine, List.of(row("activity", "0", "3", "NOT_JSON", "x", SEEN, "9", bytes + "00")));
    beside.candidate(
        quarantine, List.of(row("activity", "0", "3", "NOT_JSON", "x", SEEN, "9", bytes + "01")));

    Report report = beside.compare(List.of(quarantine), List.of(quarantine)).report();

    TableReport found = report.tables().get(0);
    assertThat(found.columns())
        .containsExactly(new ColumnReport("bytes", SqlType.BYTEA, 1, List.of()));
    String cut = "\\x" + "f".repeat(117) + "…";
    assertThat(found.samples().get(0).values())
        .containsExactly(new Sample.Sides("bytes", cut, cut));
  }

  @Test
  void tablesWithADashInTheirNameAreNamedAsSqlWantsThem() throws Exception {
    TableShape dashed = table("a-b", key("i-d", SqlType.TEXT), value("n-m", SqlType.BIGINT));
    beside.baseline(dashed, List.of(row("a", "1")));
    beside.candidate(dashed, List.of(row("a", "2")));

    String differences =
        beside.compare(List.of(dashed), List.of(dashed)).report().tables().get(0).differences();

    assertThat(store.rows("kappa_reader", "SELECT * FROM " + differences))
        .containsExactly("a|changed|1|2");
  }

  @Test
  void whatIsWrittenIsReadBackAsItWasWithAnEntryInTheAuditTrail() throws Exception {
    beside.baseline(ITEMS, List.of(row("a\"\n", "1", SEEN), row("ü", null, SEEN)));
    beside.candidate(ITEMS, List.of(row("a\"\n", "2", null), row("x", "1", SEEN)));
    Comparisons comparisons = new Comparisons(store.owner());
    Comparison found = beside.compare(List.of(ITEMS), List.of(ITEMS));
    assertThat(comparisons.newest(V2)).isEmpty();

    comparisons.add(found, "bea");

    Comparison read = comparisons.newest(V2).orElseThrow();
    assertThat(read).usingRecursiveComparison().ignoringFields("at").isEqualTo(found);
    assertThat(
            store.rows(
                "kappa_owner",
                "SELECT actor, version, event, detail->>'verdict', detail->>'changed' FROM kappa.audit WHERE event = 'compared'"))
        .containsExactly("bea|2|compared|UNDECIDED|1");
  }

  @Test
  void theComparisonAndItsAuditEntryAreWrittenTogetherOrNotAtAll() throws Exception {
    sameItems();
    Comparison found = beside.compare(List.of(ITEMS), List.of(ITEMS));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                store
                    .owner()
                    .inTransaction(
                        connection -> {
                          Comparisons.write(connection, found, "bea");
                          throw new IllegalStateException("what else was to be done");
                        }));

    assertThat(store.rows("kappa_owner", "SELECT * FROM kappa.comparison")).isEmpty();
    assertThat(store.rows("kappa_owner", "SELECT * FROM kappa.audit WHERE event = 'compared'"))
        .isEmpty();
  }

  @Test
  void theNewestOfTwoComparisonsCounts() throws Exception {
    sameItems();
    Comparisons comparisons = new Comparisons(store.owner());
    comparisons.add(beside.compare(List.of(ITEMS), List.of(ITEMS)), "bea");
    store.run("kappa_owner", "DELETE FROM activity_metrics_v2.items");
    comparisons.add(beside.compare(List.of(ITEMS), List.of(ITEMS)), "bea");

    assertThat(comparisons.newest(V2).orElseThrow().report().isIdentical()).isFalse();
  }

  @Test
  void judgedAgainTheRowsStayAndTheChecksAreRunAnew() throws Exception {
    beside.baseline(ITEMS, List.of(row("a", "1", SEEN)));
    beside.candidate(ITEMS, List.of(row("a", "2", SEEN)));
    Comparison found = beside.compare(List.of(ITEMS), List.of(ITEMS));
    Expected lenient =
        new Expected(
            "/e.yaml",
            "sha",
            ExpectationsText.parse(
                "e",
                """
                tables: {items: {columns: {n: {absolute: 1}}}}
                checks: [{name: twos, sql: "SELECT bool_and(n = 2) FROM {candidate}.items"}]
                """));

    Comparison again = beside.comparison().again(found, lenient);

    assertThat(again.verdict())
        .isEqualTo(
            new Verdict(
                Verdict.Outcome.PASS,
                List.of("every difference was declared", "checks that hold: all 1")));
    assertThat(again.report().tables()).isEqualTo(found.report().tables());
    assertThat(again.expectedBy()).isEqualTo("/e.yaml");
    assertThat(again.fence()).isEqualTo(FENCE);
  }

  @Test
  void onceTheCandidateHasGoneOnOnlyExpectationsWithoutChecksCanJudge() throws Exception {
    sameItems();
    Comparison found = beside.compare(List.of(ITEMS), List.of(ITEMS));
    beside.moveTo(Frontier.of(Map.of("activity", Map.of(0, 9L, 1, 9L))));
    Expected withCheck =
        new Expected(
            "/e.yaml",
            "sha",
            ExpectationsText.parse("e", "checks: [{name: a, sql: 'SELECT true'}]"));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> beside.comparison().again(found, withCheck))
        .withMessage(
            "activity-metrics v2 has left the fence that it was compared at, so the checks of"
                + " /e.yaml can't be run there");
    assertThat(beside.comparison().again(found, Expected.NOTHING).verdict().outcome())
        .isEqualTo(Verdict.Outcome.PASS);
  }

  @Test
  void theChecksOfTheExpectationsAreRunWithTheComparison() throws Exception {
    sameItems();
    Expected expected =
        new Expected(
            Expected.JAR,
            "sha",
            ExpectationsText.parse(
                "e",
                "checks: [{name: same, sql: 'SELECT count(*) = 1 FROM {candidate}.items"
                    + " JOIN {baseline}.items USING (id, n)'}]"));

    Comparison found = beside.comparison().of(pair(List.of(ITEMS), List.of(ITEMS)), expected);

    assertThat(found.report().checks())
        .containsExactly(new CheckResult("same", CheckResult.Outcome.HOLDS, ""));
  }
}
