package io.kappa.jobs.featurelog;

import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The table of {@code feature-log}, computed from lists of transactions and labels as plainly as
 * can be, and with nothing of the job. A table is a map from the values of its key to all its
 * values, in the order of its columns; times are milliseconds since the epoch.
 */
public final class FeatureLogOracle {

  private static final List<Duration> WINDOWS =
      List.of(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

  private final List<Transaction> transactions;
  private final Collection<Label> labels;
  private final long horizon;
  private final long delay;

  private FeatureLogOracle(
      List<Transaction> transactions, Collection<Label> labels, long horizon, long delay) {
    this.transactions = transactions;
    this.labels = labels;
    this.horizon = horizon;
    this.delay = delay;
  }

  /**
   * The tables, by name.
   *
   * @param transactions those that were neither late nor from the future, copies included, each
   *     partition's in its order
   * @param labels likewise
   * @param horizon milliseconds
   * @param delay milliseconds
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Transaction> transactions, Collection<Label> labels, long horizon, long delay) {
    Map<List<Object>, Transaction> first = new LinkedHashMap<>();
    transactions.forEach(
        each -> first.putIfAbsent(List.of(each.transactionId(), each.accountId()), each));
    FeatureLogOracle oracle =
        new FeatureLogOracle(List.copyOf(first.values()), labels, horizon, delay);
    Map<List<Object>, List<Object>> rows = new HashMap<>();
    first.values().stream()
        .sorted(
            Comparator.comparingLong(Transaction::at)
                .thenComparing(Transaction::accountId, Comparator.reverseOrder()))
        .forEach(each -> oracle.row(each).ifPresent(row -> rows.put(List.of(row.get(0)), row)));
    return Map.of("training_examples", rows);
  }

  private Optional<List<Object>> row(Transaction of) {
    List<Label> said = said(of, Long.MAX_VALUE);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    ZonedDateTime time = Instant.ofEpochMilli(of.at()).atZone(ZoneOffset.UTC);
    List<Object> row = new ArrayList<>();
    row.addAll(List.of(of.transactionId(), of.accountId(), of.at(), of.terminalId()));
    row.addAll(List.of(of.amountCents(), of.currency(), time.getHour()));
    row.add(time.getDayOfWeek().getValue() >= 6);
    for (Duration window : WINDOWS) {
      List<Transaction> mine =
          within(
              other ->
                  other.accountId().equals(of.accountId())
                      && (other.equals(of) || other.at() < of.at()),
              of.at() + 1,
              window.plusMillis(1));
      List<Transaction> sameMoney =
          mine.stream().filter(other -> other.currency().equals(of.currency())).toList();
      long sum = sameMoney.stream().mapToLong(Transaction::amountCents).sum();
      row.add((long) mine.size());
      row.add(sum);
      row.add(
          BigDecimal.valueOf(sum)
              .divide(BigDecimal.valueOf(sameMoney.size()), 0, RoundingMode.FLOOR)
              .longValueExact());
    }
    for (Duration window : WINDOWS) {
      List<Transaction> here =
          within(other -> other.terminalId().equals(of.terminalId()), of.at() - delay, window);
      long judged = here.stream().filter(other -> !said(other, of.at()).isEmpty()).count();
      long frauds = here.stream().filter(other -> isFraud(said(other, of.at()))).count();
      row.add((long) here.size());
      row.add(judged);
      row.add(frauds);
      row.add(judged == 0 ? null : (double) frauds / judged);
    }
    row.add(isFraud(said));
    row.add(said.stream().mapToLong(Label::at).max().orElseThrow());
    return Optional.of(row);
  }

  /** Those before a moment, less than a window before it. */
  private List<Transaction> within(Predicate<Transaction> which, long end, Duration window) {
    return transactions.stream()
        .filter(which)
        .filter(other -> other.at() < end && other.at() > end - window.toMillis())
        .toList();
  }

  /** What was said of a transaction up to a moment, as far as it counts. */
  private List<Label> said(Transaction of, long until) {
    return labels.stream()
        .filter(label -> label.transactionId().equals(of.transactionId()))
        .filter(label -> label.accountId().equals(of.accountId()))
        .filter(label -> label.at() >= of.at() && label.at() <= of.at() + horizon)
        .filter(label -> label.at() <= until)
        .toList();
  }

  private static boolean isFraud(List<Label> said) {
    long last = said.stream().mapToLong(Label::at).max().orElse(0);
    return said.stream().filter(label -> label.at() == last).anyMatch(Label::fraud);
  }
}
