package io.kappa.jobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {

  private static final long DAY = 86_400_000L;
  private static final long NOW = 100 * DAY;

  private static Sale sale(long at, long cents, String currency) {
    return new Sale("x" + at + currency, "ann", "t1", at, cents, currency);
  }

  private static TerminalSale at(long at, Labels labels) {
    return new TerminalSale("x" + at, at, labels, null);
  }

  @Test
  void anAccountIsKnownByWhatItPaidBeforeAndByThisPayment() {
    Sale sale = sale(NOW, 100, "EUR");

    AccountFeatures features =
        AccountFeatures.of(
            sale,
            List.of(
                sale,
                sale(NOW - 1, 201, "EUR"),
                sale(NOW - DAY + 1, 5, "USD"),
                sale(NOW - DAY, 400, "EUR"),
                sale(NOW - 8 * DAY, -1_000, "EUR")));

    assertThat(features.counts()).containsExactly(3, 4, 5);
    assertThat(features.sums()).containsExactly(301, 701, -299);
    assertThat(features.average(0)).isEqualTo(150);
    assertThat(features.average(2)).isEqualTo(-75);
  }

  @Test
  void whatHappensLaterOrAtTheVeryMomentIsntKnown() {
    Sale sale = sale(NOW, 100, "EUR");

    AccountFeatures features =
        AccountFeatures.of(sale, List.of(sale, sale(NOW, 7, "USD"), sale(NOW + 1, 9, "EUR")));

    assertThat(features.counts()).containsExactly(1, 1, 1);
    assertThat(features.sums()).containsExactly(100, 100, 100);
  }

  @Test
  void aTerminalIsKnownByWhatHadBeenFoundOutByThen() {
    List<TerminalSale> sales =
        List.of(
            at(NOW - 1, Labels.NONE),
            at(NOW - 2, Labels.NONE.with(NOW, true)),
            at(NOW - 3, Labels.NONE.with(NOW + 1, true)),
            at(NOW - 2 * DAY, Labels.NONE.with(NOW - DAY, true).with(NOW - 5, false)),
            at(NOW, Labels.NONE.with(NOW, true)));

    TerminalFeatures features = TerminalFeatures.of(NOW, sales, 0);

    assertThat(features.counts()).containsExactly(3, 4, 4);
    assertThat(features.labelled()).containsExactly(1, 2, 2);
    assertThat(features.frauds()).containsExactly(1, 1, 1);
    assertThat(features.share(0)).isEqualTo(1.0);
    assertThat(features.share(1)).isEqualTo(0.5);
  }

  @Test
  void withADelayOnlyOlderTransactionsSpeakForTheTerminal() {
    List<TerminalSale> sales =
        List.of(at(NOW - 1, Labels.NONE), at(NOW - 7 * DAY - 1, Labels.NONE));

    TerminalFeatures features = TerminalFeatures.of(NOW, sales, 7 * DAY);

    assertThat(features.counts()).containsExactly(1, 1, 1);
    assertThat(features.share(0)).isNull();
  }

  /** Over the oracle, which the job equals: {@code FeatureLogIT}. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noFeatureChangesWhenLaterEventsAreAddedToTheLog(long seed) {
    RandomLog log = new RandomLog(seed);
    Collection<Transaction> transactions = log.transactions().accepted(RandomLog.TIMES);
    Collection<Label> labels = log.labels().accepted(RandomLog.TIMES);
    long cut =
        transactions.stream()
            .mapToLong(Transaction::at)
            .sorted()
            .skip(150)
            .findFirst()
            .orElseThrow();
    Map<List<Object>, List<Object>> all = rows(transactions, labels);

    Map<List<Object>, List<Object>> early =
        rows(
            transactions.stream().filter(each -> each.at() <= cut).toList(),
            // Labels of early transactions stay, or the row itself would go.
            labels);

    assertThat(early).isNotEmpty();
    early.forEach(
        (key, row) -> {
          if (all.get(key).get(1).equals(row.get(1)) && all.get(key).get(2).equals(row.get(2))) {
            assertThat(all.get(key)).isEqualTo(row);
          }
        });
  }

  private static Map<List<Object>, List<Object>> rows(
      Collection<Transaction> transactions, Collection<Label> labels) {
    return FeatureLogOracle.tables(new ArrayList<>(transactions), labels, 30 * DAY, 0)
        .get("training_examples");
  }
}
