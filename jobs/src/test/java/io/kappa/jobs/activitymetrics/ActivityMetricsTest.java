package io.kappa.jobs.activitymetrics;

import static io.kappa.jobs.activitymetrics.ActivityBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.table.Column;
import io.kappa.common.table.Table;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the job says about itself, and which events it wants. */
class ActivityMetricsTest {

  private static final String AT = "2024-05-01T12:00:00Z";

  private final ActivityMetrics job = new ActivityMetrics();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("activity-metrics"))
        .singleElement()
        .isInstanceOf(ActivityMetrics.class);
  }

  @Test
  void theTablesAreThoseOfTheDesign() {
    assertThat(job.tables().stream().map(ActivityMetricsTest::shape))
        .containsExactly(
            "item_hourly(item_id, hour | events, users, watch_ms, quantity, revenue_cents)",
            "country_hourly(country, hour | events, revenue_cents)",
            "item_totals(item_id | events, quantity, revenue_cents, first_at, last_at)");
  }

  private static <R> String shape(Table<R> table) {
    return "%s(%s | %s)".formatted(table, names(table.key()), names(table.values()));
  }

  private static <R> String names(List<Column<R>> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }

  @Test
  void byDefaultEveryActivityIsWanted() {
    assertThat(wanted(Map.of(), event("1", "book", AT).lasting(Kind.VIEW, 0L))).isTrue();
  }

  @Test
  void minWatchLeavesOutViewsAndPlaysThatAreShorter() {
    Map<String, String> given = Map.of("min-watch", "2s");

    assertThat(wanted(given, event("1", "book", AT).lasting(Kind.VIEW, 1_999L))).isFalse();
    assertThat(wanted(given, event("2", "book", AT).lasting(Kind.PLAY, 0L))).isFalse();
    assertThat(wanted(given, event("3", "book", AT).lasting(Kind.PLAY, 2_000L))).isTrue();
  }

  @Test
  void minWatchLeavesInWhatSaysNoDurationOrIsNoWatching() {
    Map<String, String> given = Map.of("min-watch", "2s");

    assertThat(wanted(given, event("1", "book", AT).lasting(Kind.VIEW, null))).isTrue();
    assertThat(wanted(given, event("2", "book", AT).lasting(Kind.CLICK, 5L))).isTrue();
    assertThat(wanted(given, event("3", "book", AT).lasting(Kind.PURCHASE, 5L))).isTrue();
  }

  @SuppressWarnings("unchecked")
  private boolean wanted(Map<String, String> given, ActivityBuilder activity) {
    List<Input<?>> inputs = job.inputs(Parameters.read(StandardParameters.with(job), given));
    assertThat(inputs).singleElement().returns(Topics.ACTIVITY, Input::topic);
    return ((Input<Activity>) inputs.get(0)).wanted().test(activity.build());
  }
}
