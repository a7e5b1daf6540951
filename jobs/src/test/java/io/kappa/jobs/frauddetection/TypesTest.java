package io.kappa.jobs.frauddetection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.jobs.frauddetection.rules.Payment;
import io.kappa.jobs.frauddetection.rules.Scope;
import io.kappa.jobs.script.RoundTrip;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event, row and state of the job travels and rests without Kryo, nulls included. */
class TypesTest {

  private static final Payment PAYMENT = new Payment("id", "ann", "t1", 5, -7);
  private static final Label LABEL = new Label("id", "ann", true, 9);
  private static final Confirmation CONFIRMATION =
      new Confirmation("id", "ann", 9, Long.MAX_VALUE, 9);

  static Stream<Arguments> values() {
    return Stream.of(
        of(new Transaction("id", "ann", "t1", -7, "EUR", 5)),
        of(LABEL),
        of(new Rule("r", "amount-above", "{\"amountCents\":1}", 5, 6L)),
        of(new Rule("r", "amount-above", "{\"amountCents\":1}", 5, null)),
        of(PAYMENT),
        of(new AccountEvent("ann", PAYMENT, null)),
        of(new AccountEvent("ann", null, LABEL)),
        of(new TerminalEvent("t1", PAYMENT, null)),
        of(new TerminalEvent("t1", null, CONFIRMATION)),
        of(CONFIRMATION),
        of(new Verdict(PAYMENT, Scope.TERMINAL, new Finding[0])),
        of(new Verdict(PAYMENT, Scope.ACCOUNT, new Finding[] {new Finding("r", "why")})),
        of(new Claim("ann", 5, Scope.ACCOUNT)),
        of(new WordingId("r", 5)),
        of(new DayShare("ann", 20_000, 1, -7, -1)),
        of(new DayIndex(new int[] {1, 2}, new long[] {1, 2}, new long[] {-3, 4}, new int[2])),
        of(PaymentDay.NONE),
        of(
            new PaymentDay(
                new long[] {5},
                new long[] {-7},
                new String[] {"id"},
                new String[] {"t1"},
                new boolean[] {true})),
        of(ConfirmedDay.NONE),
        of(
            new ConfirmedDay(
                new long[] {9}, new long[] {10}, new String[] {"id"}, new String[] {"ann"})),
        of(Dossier.NONE),
        of(
            new Dossier(
                new long[] {5},
                new String[] {"t1"},
                new long[] {9, 10},
                new boolean[] {true, false})),
        change(new Alert("id", "r", "ann", "t1", 5, -7, "why")),
        change(new AccountDaily("ann", 20_000, 1, -7, 0)),
        change(new TerminalDaily("t1", 20_000, 1, -7, 0)));
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
    assertThat(RoundTrip.of(value, type))
        .usingRecursiveComparison() // an array in a record is compared by identity otherwise
        .isEqualTo(value);
  }
}
