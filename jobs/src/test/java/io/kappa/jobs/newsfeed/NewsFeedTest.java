package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.table.Column;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the job says about itself. */
class NewsFeedTest {

  private final NewsFeed job = new NewsFeed();

  @Test
  void theJobIsFoundByItsService() {
    assertThat(ServiceLoader.load(JobDefinition.class))
        .filteredOn(found -> found.name().equals("news-feed"))
        .singleElement()
        .isInstanceOf(NewsFeed.class);
  }

  @Test
  void theTableIsThatOfTheDesign() {
    assertThat(job.tables()).containsExactly(FeedRow.TABLE);
    assertThat(FeedRow.TABLE.name()).isEqualTo("feed");
    assertThat(names(FeedRow.TABLE.key())).containsExactly("user_id", "post_id");
    assertThat(names(FeedRow.TABLE.values())).containsExactly("author_id", "at", "text");
  }

  private static List<String> names(List<Column<FeedRow>> columns) {
    return columns.stream().map(Column::name).toList();
  }

  @Test
  void itReadsPostsAndFollows() {
    assertThat(job.inputs(parameters(Map.of())).stream().<Object>map(Input::topic))
        .containsExactly(Topics.POSTS, Topics.FOLLOWS);
  }

  @Test
  void aFeedHoldsAPostAtLeastAndFollowersAreInAShard() {
    assertThatThrownBy(() -> parameters(Map.of("size", "0", "shards", "0")))
        .hasMessage("1) size=0: allowed is 1 to 1000; 2) shards=0: allowed is 1 to 1024");
  }

  private Parameters parameters(Map<String, String> given) {
    return Parameters.read(StandardParameters.with(job), given);
  }
}
