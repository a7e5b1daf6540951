package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Transaction;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransactionModelTest {

  private static final int MANY = 200_000;
  private static final WorldSettings WORLD = Worlds.with(Shares.NONE).withPayers(5_000, 10_000);

  private final Frauds frauds = new Frauds(WORLD);
  private final Payers payers = new Payers(WORLD);
  private final List<Transaction> all = Worlds.events(TransactionModel.records(WORLD), MANY);

  @Test
  void eachFraudHasItsReasonAndWhateverHasAReasonIsFraud() {
    for (Transaction transaction : all) {
      boolean thefts =
          frauds.isThefts(transaction.transactionId(), account(transaction), transaction.at());
      boolean bad = frauds.isBad(terminal(transaction), transaction.at());
      boolean large = transaction.amountCents() > 220_00;
      Optional<FraudKind> expected =
          thefts
              ? Optional.of(FraudKind.CARD)
              : bad
                  ? Optional.of(FraudKind.TERMINAL)
                  : large ? Optional.of(FraudKind.AMOUNT) : Optional.empty();
      assertThat(frauds.of(transaction)).isEqualTo(expected);
    }
  }

  @Test
  void theKindsOfFraudAreAsRareAsInTheSimulatorTheyAreFrom() {
    Map<FraudKind, Integer> kinds = new EnumMap<>(FraudKind.class);
    all.forEach(
        transaction ->
            frauds.of(transaction).ifPresent(kind -> kinds.merge(kind, 1, Integer::sum)));

    // 56 of 10,000 terminals are bad at a time; 42 of 5,000 cards stolen, of which a third counts.
    assertThat(share(kinds.get(FraudKind.TERMINAL))).isCloseTo(0.0056, within(0.0008));
    assertThat(share(kinds.get(FraudKind.CARD))).isCloseTo(0.0028, within(0.0006));
    assertThat(share(kinds.get(FraudKind.AMOUNT))).isBetween(0.0002, 0.002);
  }

  @Test
  void aThirdOfWhatAStolenCardPaysIsTheThiefsAndFiveTimesLarger() {
    long stolen = 0;
    long thefts = 0;
    double timesTheMean = 0;
    for (Transaction transaction : all) {
      int account = account(transaction);
      stolen += frauds.isStolen(account, transaction.at()) ? 1 : 0;
      if (frauds.of(transaction).equals(Optional.of(FraudKind.CARD))) {
        thefts++;
        timesTheMean += transaction.amountCents() / (double) payers.meanCents(account);
      }
    }

    assertThat(thefts / (double) stolen).isCloseTo(1 / 3.0, within(0.04));
    assertThat(timesTheMean / thefts).isCloseTo(5, within(0.5));
  }

  @Test
  void accountsPayAtTerminalsNearThemAndSomeFarMoreOftenThanOthers() {
    Map<Integer, Set<Integer>> terminals = new HashMap<>();
    Map<Integer, Integer> payments = new HashMap<>();
    for (Transaction transaction : all) {
      int account = account(transaction);
      terminals.computeIfAbsent(account, key -> new HashSet<>()).add(terminal(transaction));
      payments.merge(account, 1, Integer::sum);
    }

    terminals.forEach(
        (account, used) -> assertThat(used).hasSizeLessThanOrEqualTo(payers.near(account)));
    double meanNear = terminals.keySet().stream().mapToInt(payers::near).average().orElseThrow();
    assertThat(meanNear).isBetween(60.0, 90.0);
    assertThat(payments.values().stream().filter(n -> n > 70).count()).isGreaterThan(400);
    assertThat(payments.values().stream().filter(n -> n < 10).count()).isGreaterThan(400);
  }

  @Test
  void mostIsPaidByDayAndSomeAtNight() {
    int[] perHour = new int[24];
    all.forEach(
        transaction -> perHour[(int) (Math.floorMod(transaction.at(), Worlds.DAY) / 3_600_000)]++);

    assertThat(perHour[12] / (double) perHour[1]).isBetween(3.5, 7.0);
    for (int count : perHour) {
      assertThat(count).isGreaterThan(MANY / 24 / 8);
    }
  }

  @Test
  void amountsLieAroundFiftyAndAreNeverNothing() {
    double mean = all.stream().mapToLong(Transaction::amountCents).average().orElseThrow();

    assertThat(mean).isCloseTo(53_00, within(2_00.0));
    assertThat(all).allMatch(transaction -> transaction.amountCents() > 0);
  }

  @Test
  void theNumberOfAccountsFollowsTheTransactionsADay() {
    WorldSettings million =
        WorldSettings.history(
            GeneratorSettings.standard(1),
            Set.copyOf(WORLD.topics()),
            1_000_000,
            Duration.ofDays(60),
            WorldSettings.LATEST_LABEL);

    assertThat(million.accounts()).isCloseTo(2_090, within(30));
    assertThat(million.terminals()).isEqualTo(2 * million.accounts());
  }

  private static double share(int count) {
    return count / (double) MANY;
  }

  private static int account(Transaction transaction) {
    return Integer.parseInt(transaction.accountId().substring(1));
  }

  private static int terminal(Transaction transaction) {
    return Integer.parseInt(transaction.terminalId().substring(1));
  }
}
