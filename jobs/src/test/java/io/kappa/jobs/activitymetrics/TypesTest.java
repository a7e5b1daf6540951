package io.kappa.jobs.activitymetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Activity;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, row and state of the job travels and rests without Kryo, nulls included. */
class TypesTest {

  private static final ItemHourly HOURLY = new ItemHourly("book", 3_600_000, 1, 2, 3, -4, 5);
  private static final ItemTotal TOTAL = new ItemTotal("book", 1, -2, 3, 4, 5);
  private static final CountryHourly COUNTRY = new CountryHourly("NO", 0, 1, -2);

  static Stream<Arguments> values() {
    return Stream.of(
        of(new Activity("id", "ann", "book", Activity.Kind.PLAY, 1, 2L, 3L, -4L, "NO", "phone")),
        of(new Activity("id", null, "book", Activity.Kind.VIEW, 1, null, null, null, null, null)),
        of(new ItemEvent("book", EventKey.of("ann", "id"), "NO", 1, 2, 3, 4)),
        of(new ItemEvent("book", EventKey.of(null, "id"), null, 1, 0, 0, 0)),
        of(HOURLY),
        of(TOTAL),
        of(COUNTRY),
        change(HOURLY),
        change(TOTAL),
        change(COUNTRY));
  }

  private static Arguments of(Object value) {
    return Arguments.of(value, TypeInformation.of(value.getClass()));
  }

  @SuppressWarnings("unchecked")
  private static <R> Arguments change(R row) {
    return Arguments.of(
        Change.upsert(row),
        ChangeTypeInfoFactory.of(TypeInformation.of((Class<R>) row.getClass())));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void isTheSameAfterSerialising(T value, TypeInformation<T> type) throws IOException {
    assertThat(RoundTrip.of(value, type)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("states")
  void anHoursStateIsTheSameAfterSerialising(HourState state) throws IOException {
    assertThat(RoundTrip.of(state, TypeInformation.of(HourState.class)))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(state);
  }

  static Stream<HourState> states() {
    return Stream.of(
        HourState.none("book", 475_000), new HourState(HOURLY, new byte[] {6, 0, 'i', 'd'}));
  }
}
