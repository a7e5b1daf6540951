package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.Post;
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

/** What the job says about itself, and which posts it wants. */
class TrendingTest {

  private final Trending job = new Trending();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("trending"))
        .singleElement()
        .isInstanceOf(Trending.class);
  }

  @Test
  void theTablesAreThoseOfTheDesign() {
    assertThat(job.tables().stream().map(TrendingTest::shape))
        .containsExactly(
            "hashtag_buckets(tag, bucket | posts, authors)",
            "top_hashtags(window_end, rank | tag, posts)");
  }

  private static <R> String shape(Table<R> table) {
    return "%s(%s | %s)".formatted(table, names(table.key()), names(table.values()));
  }

  private static <R> String names(List<Column<R>> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }

  @Test
  void onlyPostsWithATagAreWanted() {
    assertThat(wanted("about #flink")).isTrue();
    assertThat(wanted("about flink, #1")).isFalse();
  }

  @Test
  void aTagNeedsAtLeastOneAuthorAndAWindowOneRank() {
    assertThatThrownBy(() -> parameters(Map.of("min-authors", "0", "ranks", "0")))
        .hasMessage("1) min-authors=0: allowed is 1 to 1000000; 2) ranks=0: allowed is 1 to 1000");
  }

  private Parameters parameters(Map<String, String> given) {
    return Parameters.read(StandardParameters.with(job), given);
  }

  @SuppressWarnings("unchecked")
  private boolean wanted(String text) {
    List<Input<?>> inputs = job.inputs(parameters(Map.of()));
    assertThat(inputs).singleElement().returns(Topics.POSTS, Input::topic);
    return ((Input<Post>) inputs.get(0)).wanted().test(new Post("p", "ann", text, 1, null));
  }
}
