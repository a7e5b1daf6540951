package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Post;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, row and state of the job travels and rests without Kryo, nulls included. */
class TypesTest {

  static Stream<Object> values() {
    return Stream.of(
        new Post("p", "ann", "#flink", 1, "en"),
        new Post("p", "ann", "#flink", 1, null),
        new TaggedPost("flink", 7, "p", "ann"),
        new TagShare(7, "flink", 3),
        new BucketCount(3, 2),
        new HashtagBucket("flink", 300_000, 3, 2),
        new TopHashtag(300_000, 1, "flink", 3));
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
    Change<TopHashtag> change = Change.upsert(new TopHashtag(300_000, 1, "flink", 3));

    assertThat(RoundTrip.of(change, ChangeTypeInfoFactory.of(TypeInformation.of(TopHashtag.class))))
        .isEqualTo(change);
  }

  @Test
  void aRankingIsTheSameAfterSerialising() throws IOException {
    Ranking ranking = Ranking.NONE.with(Map.of("a", 1L, "b", 2L), 50);

    assertThat(RoundTrip.of(ranking, TypeInformation.of(Ranking.class)))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(ranking);
  }
}
