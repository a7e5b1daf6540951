package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the job says about itself, and which events it wants. */
class RecommendationsTest {

  private final Recommendations job = new Recommendations();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("recommendations"))
        .singleElement()
        .isInstanceOf(Recommendations.class);
  }

  @Test
  void theTablesAreThoseOfTheDesign() {
    assertThat(job.tables().stream().map(RecommendationsTest::shape))
        .containsExactly(
            "similar_items(item_id, rank | other_item_id, score, together)",
            "user_recommendations(user_id, rank | item_id, score)");
  }

  private static <R> String shape(Table<R> table) {
    return "%s(%s | %s)".formatted(table, names(table.key()), names(table.values()));
  }

  private static <R> String names(List<Column<R>> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }

  @Test
  void interestIsToViewPlayLikeOrBuy() {
    assertThat(Stream.of(Kind.values()).filter(kind -> wanted(Map.of(), "ann", kind)))
        .containsExactly(Kind.VIEW, Kind.PLAY, Kind.LIKE, Kind.PURCHASE);
  }

  @Test
  void kindsLeavesTheOthersOut() {
    assertThat(
            Stream.of(Kind.values())
                .filter(kind -> wanted(Map.of("kinds", "purchase,like"), "ann", kind)))
        .containsExactly(Kind.LIKE, Kind.PURCHASE);
  }

  @Test
  void whatNobodyDidIsIgnored() {
    assertThat(wanted(Map.of(), null, Kind.PURCHASE)).isFalse();
  }

  @Test
  void whatIsNotAllowedIsRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "kinds", "view, click",
                        "history", "1",
                        "audience", "10001",
                        "min-together", "0",
                        "seeds", "no",
                        "weight-bits", "21")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "1) kinds=view, click: allowed are view, play, like and purchase, with commas between;"
                + " 2) history=1: allowed is 2 to 1000;"
                + " 3) audience=10001: allowed is 2 to 10000;"
                + " 4) min-together=0: allowed is 1 to 10000;"
                + " 5) seeds=no: allowed is a whole number;"
                + " 6) weight-bits=21: allowed is 1 to 20");
  }

  private Parameters read(Map<String, String> given) {
    return Parameters.read(StandardParameters.with(job), given);
  }

  @SuppressWarnings("unchecked")
  private boolean wanted(Map<String, String> given, String user, Kind kind) {
    List<Input<?>> inputs = job.inputs(read(given));
    assertThat(inputs).singleElement().returns(Topics.ACTIVITY, Input::topic);
    Activity activity = new Activity("id", user, "cup", kind, 1, null, null, null, null, null);
    return ((Input<Activity>) inputs.get(0)).wanted().test(activity);
  }
}
