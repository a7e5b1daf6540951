package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, row and state of the job travels and rests without Kryo, nulls included. */
class TypesTest {

  private static final Sale SALE = new Sale("x", "ann", "t1", 1, -2, "EUR");
  private static final Labels LABELS = Labels.NONE.with(2, true);
  private static final Example EXAMPLE =
      new Example(
          SALE,
          new AccountFeatures(new long[] {1, 2, 3}, new long[] {4, 5, 6}, new long[] {1, 1, 1}));
  private static final TerminalFeatures TERMINAL =
      new TerminalFeatures(new long[] {1, 2, 3}, new long[] {0, 1, 2}, new long[] {0, 1, 1});

  static Stream<Object> values() {
    return Stream.of(
        new Transaction("x", "ann", "t1", -2, "EUR", 1),
        new Label("x", "ann", true, 1),
        SALE,
        LABELS,
        Labels.NONE,
        KnownSale.NOTHING,
        KnownSale.NOTHING.with(SALE).with(LABELS),
        new TerminalSale("x", 1, LABELS, EXAMPLE),
        new TerminalSale("x", 1, Labels.NONE, null),
        ToTerminal.of(SALE),
        ToTerminal.of(EXAMPLE, LABELS),
        TrainingExample.of(EXAMPLE, TERMINAL, LABELS));
  }

  @ParameterizedTest
  @MethodSource("values")
  @SuppressWarnings("unchecked")
  <T> void isTheSameAfterSerialising(T value) throws IOException {
    TypeInformation<T> type = TypeInformation.of((Class<T>) value.getClass());

    assertThat(RoundTrip.of(value, type))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(value);
  }

  @Test
  void changesAndDaysAreTheSameAfterSerialising() throws IOException {
    Change<TrainingExample> change = Change.upsert(TrainingExample.of(EXAMPLE, TERMINAL, LABELS));
    Sale[] day = {SALE, SALE};

    assertThat(
            RoundTrip.of(
                change, ChangeTypeInfoFactory.of(TypeInformation.of(TrainingExample.class))))
        .usingRecursiveComparison()
        .isEqualTo(change);
    assertThat(RoundTrip.of(day, TypeInformation.of(Sale[].class))).isEqualTo(day);
  }
}
