package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, message, row and state of the job travels and rests without Kryo. */
class TypesTest {

  private static final Cells CELLS = new Cells(new String[] {"a", "ü"}, new long[] {1, -1L << 40});

  static Stream<Arguments> values() {
    return Stream.of(
        of(new Activity("id", "ann", "cup", Activity.Kind.PLAY, 1, 2L, 3L, -4L, "NO", "phone")),
        of(new Activity("id", null, "cup", Activity.Kind.VIEW, 1, null, null, null, null, null)),
        of(new Interest("cup", "ann", 1)),
        of(new Visit("ann", "cup", 1, true)),
        of(CELLS),
        of(Cells.NONE),
        of(new ItemShare("cup", CELLS, Cells.NONE)),
        of(new ItemSize("cup", 1)),
        of(new UserShare(List.of("ann", "bob"), CELLS)),
        of(new History(CELLS, new boolean[] {true, false})),
        of(History.NONE),
        of(new SimilarList(3, new String[] {"a"}, new long[] {7})),
        of(SimilarList.NONE),
        change(new SimilarItem("cup", 1, "tea", 0.5, 2)),
        change(new UserRecommendation("ann", 1, "tea", 0.5)));
  }

  private static Arguments of(Object value) {
    return Arguments.of(value, TypeInformation.of(value.getClass()));
  }

  @SuppressWarnings("unchecked")
  private static <R> Arguments change(R row) {
    return Arguments.of(
        Change.delete(row),
        ChangeTypeInfoFactory.of(TypeInformation.of((Class<R>) row.getClass())));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void isTheSameAfterSerialising(T value, TypeInformation<T> type) throws IOException {
    assertThat(RoundTrip.of(value, type))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(value);
  }
}
