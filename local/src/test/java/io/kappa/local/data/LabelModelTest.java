package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LabelModelTest {

  private static final int TRANSACTIONS = 50_000;

  @Test
  void everyLabelIsOfATransactionInTheLogAndComesOneToSevenDaysLater() {
    WorldSettings world = Worlds.with(Shares.NORMAL.with(0.05, 0.05, 0.05));
    Map<String, Transaction> transactions = readable(world);

    Map<String, List<Label>> labels = labelsOf(world, transactions.keySet());

    labels.forEach(
        (id, told) -> {
          Transaction transaction = transactions.get(id);
          long earliest = transaction.at();
          for (Label label : told) {
            assertThat(label.accountId()).isEqualTo(transaction.accountId());
            assertThat(label.at() - earliest).isBetween(Worlds.DAY, 7 * Worlds.DAY);
            earliest = label.at();
          }
        });
    assertThat(labels).hasSizeBetween(9_500, 12_000);
  }

  @Test
  void everyFraudIsLabelledAndSomeOfTheRestAndAtLastTheLabelIsTheTruth() {
    WorldSettings world = Worlds.with(Shares.NONE);
    Map<String, Transaction> transactions = readable(world);
    Frauds frauds = new Frauds(world);

    Map<String, List<Label>> labels = labelsOf(world, transactions.keySet());

    Set<String> fraudulent =
        transactions.values().stream()
            .filter(transaction -> frauds.of(transaction).isPresent())
            .map(Transaction::transactionId)
            .collect(Collectors.toSet());
    Set<String> labelled =
        labels.entrySet().stream()
            .filter(told -> told.getValue().get(told.getValue().size() - 1).fraud())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(labelled).isEqualTo(fraudulent);
    double genuine = transactions.size() - fraudulent.size();
    assertThat((labels.size() - fraudulent.size()) / genuine).isCloseTo(0.225, within(0.01));
  }

  @Test
  void someThatIsNoFraudIsCalledSoFirstAndClearedLater() {
    WorldSettings world = Worlds.with(Shares.NONE);

    Map<String, List<Label>> labels = labelsOf(world, readable(world).keySet());

    List<List<Boolean>> twice =
        labels.values().stream()
            .filter(told -> told.size() > 1)
            .map(told -> told.stream().map(Label::fraud).toList())
            .toList();
    assertThat(twice).containsOnly(List.of(true, false));
    assertThat(twice.size() / (double) labels.size()).isCloseTo(0.02, within(0.005));
  }

  @Test
  void aLabelThatIsLateComesIntoTheLogAfterItWasMade() {
    WorldSettings world = Worlds.with(Shares.NORMAL.with(0.1, 0, 0));
    RecordStream<Label> records = LabelModel.records(world);
    int late = 0;
    long moment = 0;
    for (int i = 0; i < 10_000; i++) {
      GeneratedRecord<Label> record = records.nextRecord();
      assertThat(record.moment()).isGreaterThanOrEqualTo(moment);
      moment = record.moment();
      long behind = record.moment() - record.event().at();
      assertThat(behind).isBetween(0L, Duration.ofHours(25 + 48 + 2).toMillis());
      late += behind >= Duration.ofHours(25).toMillis() ? 1 : 0;
    }

    assertThat(late / 10_000.0).isCloseTo(0.1, within(0.01));
  }

  private static Map<String, Transaction> readable(WorldSettings world) {
    RecordStream<Transaction> records = TransactionModel.records(world);
    Map<String, Transaction> readable = new LinkedHashMap<>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      if (Topics.TRANSACTIONS.decoder().decode(records.next().value())
          instanceof Decoded.Ok<Transaction> ok) {
        readable.put(ok.event().transactionId(), ok.event());
      }
    }
    return readable;
  }

  /** All labels of these transactions, in the order of the log. */
  private static Map<String, List<Label>> labelsOf(WorldSettings world, Set<String> transactions) {
    RecordStream<Label> records = LabelModel.records(world);
    Map<String, List<Label>> labels = new HashMap<>();
    long end = Worlds.START + 100 * Worlds.DAY;
    while (records.moment() < end) {
      GeneratedRecord<Label> record = records.nextRecord();
      String id = record.event().transactionId();
      if (!record.copy() && transactions.contains(id)) {
        labels.computeIfAbsent(id, key -> new ArrayList<>()).add(record.event());
      } else if (record.moment() < Worlds.START + 40 * Worlds.DAY) {
        assertThat(transactions).contains(id);
      }
    }
    labels.values().forEach(told -> told.sort((a, b) -> Long.compare(a.at(), b.at())));
    return labels;
  }
}
