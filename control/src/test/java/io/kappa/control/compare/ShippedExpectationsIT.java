package io.kappa.control.compare;

import static io.kappa.control.compare.BesideStore.FENCE;
import static io.kappa.control.compare.BesideStore.V2;
import static io.kappa.control.compare.BesideStore.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.Table;
import io.kappa.common.table.TableShape;
import io.kappa.control.TestStore;
import io.kappa.control.compare.CheckResult.Outcome;
import io.kappa.jobs.activitymetrics.ActivityMetrics;
import io.kappa.local.junit.LocalStack;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations that the jobs' jar carries for activity-metrics. */
class ShippedExpectationsIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static final String SUMS = "the totals of each item are the sums of its hours";
  private static final String ENDS =
      "the first and last event of each item lie in its first and last hour";
  private static final String ROWS =
      "each row stands for an event at least, and for no more users than events";
  private static final String COUNTRIES =
      "in no hour the countries have more events than the items";

  @TempDir private Path directory;
  private TestStore store;
  private Expectations shipped;

  @BeforeEach
  void rowsAsTheJobMakesThem() throws Exception {
    store = TestStore.in(STACK.freshDatabase());
    BesideStore beside = BesideStore.in(store);
    Map<String, TableShape> shapes =
        new ActivityMetrics()
            .tables().stream()
                .map(Table::shape)
                .collect(Collectors.toMap(TableShape::name, Function.identity()));
    String ten = "2026-01-01 10:00:00+00";
    String eleven = "2026-01-01 11:00:00+00";
    beside.candidate(
        shapes.get("item_hourly"),
        List.of(
            row("a", ten, "3", "2", "10", "1", "100"),
            row("a", eleven, "1", "0", "0", "-1", "-100"),
            row("b", ten, "1", "1", "0", "0", "0")));
    beside.candidate(
        shapes.get("item_totals"),
        List.of(
            row("a", "4", "0", "0", "2026-01-01 10:00:00+00", "2026-01-01 11:59:59.999+00"),
            row("b", "1", "0", "0", "2026-01-01 10:30:00+00", "2026-01-01 10:30:00+00")));
    beside.candidate(
        shapes.get("country_hourly"),
        List.of(row("UK", ten, "2", "100"), row("FR", ten, "2", "0"), row("UK", eleven, "1", "0")));
    Path file = directory.resolve("e.yaml");
    try (InputStream in =
        ActivityMetrics.class.getResourceAsStream("/expectations/activity-metrics.yaml")) {
      Files.copy(in, file);
    }
    shipped = Expected.inFile(file).expectations();
  }

  private List<String> broken() {
    return new Checks(store.owner())
        .run(V2, FENCE, shipped.checks()).stream()
            .filter(result -> result.outcome() != Outcome.HOLDS)
            .map(result -> result.name() + ": " + result.outcome())
            .toList();
  }

  @Test
  void theyDeclareChecksAndNoDifference() {
    assertThat(shipped.tables()).isEmpty();
    assertThat(shipped.added()).isEmpty();
    assertThat(shipped.gone()).isEmpty();
    assertThat(shipped.checks())
        .extracting(Expectations.Check::name)
        .containsExactly(SUMS, ENDS, ROWS, COUNTRIES);
  }

  @Test
  void onRowsAsTheJobMakesThemAllHold() {
    assertThat(broken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE item_totals SET events = 5 WHERE item_id = 'a' | " + SUMS,
        "UPDATE item_totals SET revenue_cents = 1 WHERE item_id = 'b' | " + SUMS,
        "DELETE FROM item_totals WHERE item_id = 'b' | " + SUMS,
        "UPDATE item_totals SET first_at = last_at WHERE item_id = 'a' | " + ENDS,
        "UPDATE item_totals SET last_at = '2026-01-01 12:00:00+00' WHERE item_id = 'a' | " + ENDS,
        "UPDATE item_hourly SET users = 2 WHERE item_id = 'b' | " + ROWS,
        "UPDATE item_hourly SET watch_ms = -1 WHERE item_id = 'b' | " + ROWS,
        "UPDATE country_hourly SET events = 9 WHERE country = 'FR' | " + COUNTRIES,
        "UPDATE country_hourly SET hour = '2026-01-02' WHERE country = 'FR' | " + COUNTRIES
      })
  void eachBreaksOnRowsThatCannotBe(String edit, String check) throws Exception {
    store.run("kappa_owner", "SET search_path = activity_metrics_v2", edit);

    assertThat(broken()).containsExactly(check + ": DOES_NOT_HOLD");
  }
}
