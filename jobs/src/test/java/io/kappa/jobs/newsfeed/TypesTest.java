package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, row and state of the job travels and rests without Kryo, nulls included. */
class TypesTest {

  private static final PostKey POST = new PostKey(1, "p", "ann");

  static Stream<Object> values() {
    return Stream.of(
        new Follow("bob", "ann", true, 1),
        new Post("p", "ann", "text", 1, null),
        ShardMessage.of("ann", 3, new PostText(POST, "text")),
        new ShardMessage("ann", 3, new Follow("bob", "ann", false, 1), List.of(), true),
        POST,
        new Delivery(List.of("bob"), POST, "text"),
        new Delivery(List.of("bob"), POST, null),
        new FeedRow("bob", "p", "ann", 1, "text"));
  }

  @ParameterizedTest
  @MethodSource("values")
  @SuppressWarnings("unchecked")
  <T> void isTheSameAfterSerialising(T value) throws IOException {
    TypeInformation<T> type = TypeInformation.of((Class<T>) value.getClass());

    assertThat(RoundTrip.of(value, type)).isEqualTo(value);
  }

  @Test
  void changesOfRowsAreTheSameAfterSerialising() throws IOException {
    Change<FeedRow> change = Change.delete(new FeedRow("bob", "p", "ann", 1, "text"));

    assertThat(RoundTrip.of(change, ChangeTypeInfoFactory.of(TypeInformation.of(FeedRow.class))))
        .isEqualTo(change);
  }

  @Test
  void aHistoryIsTheSameAfterSerialising() throws IOException {
    FollowHistory history = FollowHistory.NONE.with(1, true).with(2, false);

    assertThat(RoundTrip.of(history, TypeInformation.of(FollowHistory.class)))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(history);
  }

  @Test
  void anOrderIsTheSameAfterSerialising() throws IOException {
    FeedOrder order = FeedOrder.of(List.of(POST, new PostKey(0, "q", "eve")));

    FeedOrder read = RoundTrip.of(order, TypeInformation.of(FeedOrder.class));

    assertThat(read.posts()).isEqualTo(order.posts());
  }
}
