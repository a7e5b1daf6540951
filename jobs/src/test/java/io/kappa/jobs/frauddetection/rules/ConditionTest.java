package io.kappa.jobs.frauddetection.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.jobs.frauddetection.rules.Condition.AmountAbove;
import io.kappa.jobs.frauddetection.rules.Condition.AverageAbove;
import io.kappa.jobs.frauddetection.rules.Condition.CountAbove;
import io.kappa.jobs.frauddetection.rules.Condition.FarApart;
import io.kappa.jobs.frauddetection.rules.Condition.SumAbove;
import io.kappa.jobs.frauddetection.rules.Condition.TerminalSuspected;
import io.kappa.jobs.frauddetection.rules.Condition.TerminalsAbove;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What each kind of rule finds, and where its bounds lie. */
class ConditionTest {

  private static final long HOUR = 3_600_000;
  private static final long AT = 1_000 * HOUR;

  /** A list of payments, and of when fraud was confirmed. */
  private record Known(List<Payment> payments, List<Long> confirmedAt) implements Evidence {

    static Known of(Payment... payments) {
      return new Known(List.of(payments), List.of());
    }

    @Override
    public Totals totals(long after, long upTo) {
      return payments.stream()
          .filter(each -> each.at() > after && each.at() <= upTo)
          .map(each -> new Totals(1, each.amountCents()))
          .reduce(Totals.NONE, Totals::plus);
    }

    @Override
    public void terminalsNewestFirst(long after, long upTo, Predicate<String> enough) {
      for (Payment each :
          payments.stream().sorted(Comparator.comparingLong(Payment::at).reversed()).toList()) {
        if (each.at() > after && each.at() <= upTo && enough.test(each.terminalId())) {
          return;
        }
      }
    }

    @Override
    public boolean hasConfirmed(int frauds, long after, long upTo) {
      return confirmedAt.stream().filter(at -> at > after && at <= upTo).count() >= frauds;
    }
  }

  private static Payment paid(long at, long cents) {
    return paid(at, cents, "t1");
  }

  private static Payment paid(long at, long cents, String terminal) {
    return new Payment("id-" + at, "ann", terminal, at, cents);
  }

  private static Payment last(Payment... payments) {
    return Arrays.asList(payments).get(payments.length - 1);
  }

  private static String found(Condition condition, Payment... payments) {
    return condition.finding(last(payments), Known.of(payments)).orElse("nothing");
  }

  @Test
  void anAmountIsAboveABoundOnlyIfItIsntTheBound() {
    Condition condition = new AmountAbove(22_000);

    assertThat(found(condition, paid(AT, 22_000))).isEqualTo("nothing");
    assertThat(found(condition, paid(AT, 22_001))).isEqualTo("amount 22001, above 22000");
  }

  @Test
  void aWindowHasItsEndInItAndItsBeginningNot() {
    Condition condition = new SumAbove(Scope.ACCOUNT, HOUR, 99);

    assertThat(found(condition, paid(AT - HOUR, 50), paid(AT, 50))).isEqualTo("nothing");
    assertThat(found(condition, paid(AT - HOUR + 1, 50), paid(AT, 50)))
        .isEqualTo("sum 100 of the account within 1h, above 99");
  }

  @Test
  void paymentsOfTheSameMomentSeeEachOther() {
    Condition condition = new CountAbove(Scope.TERMINAL, HOUR, 1);
    Payment one = new Payment("a", "ann", "t1", AT, 5);
    Payment other = new Payment("b", "bob", "t1", AT, 5);

    assertThat(condition.finding(one, Known.of(one, other)))
        .contains("count 2 of the terminal within 1h, above 1");
    assertThat(condition.finding(other, Known.of(one, other)))
        .contains("count 2 of the terminal within 1h, above 1");
  }

  @Test
  void anAverageIsOfWhatWasPaidBefore() {
    Condition condition = new AverageAbove(HOUR, 2_500, 2, 0);

    assertThat(found(condition, paid(AT - 2, 100), paid(AT - 1, 101), paid(AT, 251)))
        .isEqualTo("nothing");
    assertThat(found(condition, paid(AT - 2, 100), paid(AT - 1, 101), paid(AT, 252)))
        .isEqualTo("amount 252, above 2.5 times the average of 2 within 1h (sum 201)");
  }

  @Test
  void tooFewPaymentsOrNoneThatIsPositiveMakeNoAverage() {
    Condition condition = new AverageAbove(HOUR, 1_000, 2, 0);

    assertThat(found(condition, paid(AT - 1, 1), paid(AT, 1_000))).isEqualTo("nothing");
    assertThat(found(condition, paid(AT - 2, -7), paid(AT - 1, 7), paid(AT, 1_000)))
        .isEqualTo("nothing");
    assertThat(found(condition, paid(AT, 1), paid(AT, 1), paid(AT, 1_000))).isEqualTo("nothing");
  }

  @Test
  void aSmallAmountIsNeverTooFarAboveTheAverage() {
    Condition condition = new AverageAbove(HOUR, 1_000, 1, 500);

    assertThat(found(condition, paid(AT - 1, 1), paid(AT, 500))).isEqualTo("nothing");
    assertThat(found(condition, paid(AT - 1, 1), paid(AT, 501))).isNotEqualTo("nothing");
  }

  @Test
  void averagesOfTheLargestAmountsDontOverflow() {
    long largest = 10_000_000_000_000L;
    Condition thousandTimes = new AverageAbove(HOUR, 1_000_000, 1, 0);
    Known many = new Known(List.of(), List.of());
    Evidence evidence =
        new Evidence() {
          @Override
          public Totals totals(long after, long upTo) {
            return new Totals(900_000, 900_000 * (largest / 1_000) - 1);
          }

          @Override
          public void terminalsNewestFirst(long after, long upTo, Predicate<String> enough) {
            many.terminalsNewestFirst(after, upTo, enough);
          }

          @Override
          public boolean hasConfirmed(int frauds, long after, long upTo) {
            return false;
          }
        };

    assertThat(thousandTimes.finding(paid(AT, largest), evidence)).isPresent();
    assertThat(thousandTimes.finding(paid(AT, largest - 1), evidence)).isEmpty();
  }

  @Test
  void terminalsCountOnceEach() {
    Condition condition = new TerminalsAbove(HOUR, 2);

    assertThat(found(condition, paid(AT - 2, 1, "t1"), paid(AT - 1, 1, "t2"), paid(AT, 1, "t1")))
        .isEqualTo("nothing");
    assertThat(found(condition, paid(AT - 2, 1, "t1"), paid(AT - 1, 1, "t2"), paid(AT, 1, "t3")))
        .isEqualTo("more than 2 terminals within 1h");
  }

  @Test
  void regionsAreWhatTerminalIdsBeginWith() {
    Condition byCity = new FarApart(HOUR, 3);

    assertThat(found(byCity, paid(AT - 1, 1, "OSL-1"), paid(AT, 1, "OSL-2"))).isEqualTo("nothing");
    assertThat(found(byCity, paid(AT - 2, 1, "ROM"), paid(AT - 1, 1, "PAR-7"), paid(AT, 1, "OSL")))
        .isEqualTo("in PAR and in OSL within 1h");
    assertThat(found(byCity, paid(AT - HOUR, 1, "ROM-1"), paid(AT, 1, "OSL-2")))
        .isEqualTo("nothing");
  }

  @Test
  void withoutALengthEachTerminalIsARegion() {
    Condition condition = new FarApart(HOUR, 256);

    assertThat(found(condition, paid(AT - 1, 1, "OSL-1"), paid(AT, 1, "OSL-2")))
        .isEqualTo("in OSL-1 and in OSL-2 within 1h");
  }

  @Test
  void aRegionNeverEndsWithinACharacter() {
    Condition condition = new FarApart(HOUR, 1);

    assertThat(found(condition, paid(AT - 1, 1, "\uD83D\uDE00a"), paid(AT, 1, "\uD83D\uDE01b")))
        .isEqualTo("in \uD83D\uDE00 and in \uD83D\uDE01 within 1h");
  }

  @Test
  void aTerminalIsSuspectedAfterEnoughConfirmedFraud() {
    Condition condition = new TerminalSuspected(24 * HOUR, 2);
    Payment payment = paid(AT, 1);

    assertThat(condition.finding(payment, new Known(List.of(), List.of(AT)))).isEmpty();
    assertThat(condition.finding(payment, new Known(List.of(), List.of(AT - 24 * HOUR, AT))))
        .isEmpty();
    assertThat(condition.finding(payment, new Known(List.of(), List.of(AT - 1, AT))))
        .contains("fraud confirmed at the terminal within 1d: 2 or more");
  }
}
