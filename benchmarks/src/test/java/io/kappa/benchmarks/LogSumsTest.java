package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogSumsTest {

  private static final long NOON = 1_736_164_800_000L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long APPENDED = NOON + 100 * HOUR;

  private final LogSums sums = new LogSums();

  @Test
  void anEmptyLogHasEmptyTables() {
    assertThat(sums.sums().values().values()).containsOnly(0L);
  }

  @Test
  void aLogIsAddedUpAsTheTablesAre() {
    add(0, view("e1", "u1", "i1", NOON, 700));
    add(0, trade("e2", "u1", "i1", Kind.PURCHASE, NOON + 1, 3, 900));
    add(1, trade("e3", null, "i1", Kind.RETURN, NOON + HOUR, -1, -300));
    add(1, view("e4", "u2", "i2", NOON + 2, 50));
    add(0, view("e1", "u1", "i1", NOON, 700));
    sums.add(1, APPENDED, "no event".getBytes(StandardCharsets.UTF_8));

    Map<String, Long> expected = new TreeMap<>();
    expected.put("records.all", 6L);
    expected.put("records.applied", 5L);
    expected.put("records.filtered", 0L);
    expected.put("records.quarantined", 1L);
    expected.put("quarantine.rows", 1L);
    expected.put("item_hourly.rows", 3L);
    expected.put("item_hourly.events", 4L);
    expected.put("item_hourly.users", 2L);
    expected.put("item_hourly.watch_ms", 750L);
    expected.put("item_hourly.quantity", 2L);
    expected.put("item_hourly.revenue_cents", 600L);
    expected.put("country_hourly.rows", 2L);
    expected.put("country_hourly.events", 4L);
    expected.put("country_hourly.revenue_cents", 600L);
    expected.put("item_totals.rows", 2L);
    expected.put("item_totals.events", 4L);
    expected.put("item_totals.quantity", 2L);
    expected.put("item_totals.revenue_cents", 600L);
    expected.put("item_totals.first_at", 2 * NOON + 2);
    expected.put("item_totals.last_at", 2 * NOON + HOUR + 2);
    assertThat(sums.sums().values()).isEqualTo(expected);
  }

  @Test
  void whereNobodyHasACountryItsTableIsKnownToBeEmpty() {
    add(0, new Activity("e1", null, "i1", Kind.VIEW, NOON, null, null, null, null, null));

    assertThat(sums.sums().values())
        .containsEntry("item_hourly.events", 1L)
        .containsEntry("country_hourly.rows", 0L)
        .containsEntry("country_hourly.events", 0L)
        .containsEntry("country_hourly.revenue_cents", 0L);
  }

  @Test
  void anEventIsLateOnlyByTheEventsOfItsOwnPartition() {
    add(0, view("e1", "u1", "i1", NOON + 25 * HOUR, 1));
    add(1, view("e2", "u1", "i1", NOON, 1));
    add(0, view("e3", "u1", "i1", NOON + HOUR, 1));
    add(0, view("e4", "u1", "i1", NOON + HOUR - 1, 1));

    assertThat(sums.sums().values())
        .containsEntry("records.applied", 3L)
        .containsEntry("records.quarantined", 1L);
  }

  @Test
  void anEventFromTheFutureMakesNothingLate() {
    add(0, view("e1", "u1", "i1", APPENDED + HOUR + 1, 1));
    add(0, view("e2", "u1", "i1", NOON, 1));

    assertThat(sums.sums().values())
        .containsEntry("records.applied", 1L)
        .containsEntry("records.quarantined", 1L);
  }

  @Test
  void eachFigureThatDiffersIsNamed() {
    TableSums seen = new TableSums(Map.of("a.rows", 1L, "b.rows", 2L));

    assertThatThrownBy(() -> seen.require("The store", Map.of("a.rows", 1L, "b.rows", 3L, "c", 4L)))
        .isInstanceOf(BenchmarkException.class)
        .hasMessage(
            "The store is wrong, so its speed says nothing:"
                + " b.rows is 2, must be 3; c is null, must be 4");
  }

  private void add(int partition, Activity event) {
    sums.add(partition, APPENDED, Topics.encoder(Topics.ACTIVITY).encode(event));
  }

  private static Activity view(String id, String user, String item, long at, long watchMs) {
    return new Activity(id, user, item, Kind.VIEW, at, watchMs, null, null, "DE", "tv");
  }

  private static Activity trade(
      String id, String user, String item, Kind kind, long at, long quantity, long cents) {
    return new Activity(id, user, item, kind, at, null, quantity, cents, "DE", "tv");
  }
}
