package io.kappa.jobs.frauddetection;

import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of {@code fraud-detection}, computed from lists of events as plainly as can be, and
 * with nothing of the job. A table is a map from the values of its key to all its values, in the
 * order of its columns; times are milliseconds and days since the epoch.
 */
public final class FraudDetectionOracle {

  private final long labelHorizon;
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<Label> labels;
  private final List<Rule> rules;

  private FraudDetectionOracle(
      Collection<Transaction> accepted,
      Collection<Label> labels,
      Collection<Rule> rules,
      long labelHorizon) {
    this.labelHorizon = labelHorizon;
    this.labels = List.copyOf(labels);
    this.rules = List.copyOf(rules);
    for (Transaction transaction : accepted) {
      if (transactions.stream().noneMatch(known -> isSame(known, transaction))) {
        transactions.add(transaction);
      }
    }
  }

  private boolean isSame(Transaction known, Transaction other) {
    return known.transactionId().equals(other.transactionId())
        && known.accountId().equals(other.accountId())
        && Math.abs(known.at() - other.at()) <= labelHorizon;
  }

  /**
   * The tables, by name.
   *
   * @param accepted the transactions that were neither late nor from the future, copies included,
   *     those of one account in the order of their offsets
   * @param labels the same of labels
   * @param rules the same of valid rules; those built in come with {@link Long#MIN_VALUE}
   * @param labelHorizon milliseconds
   */
  public static Map<String, Map<List<Object>, List<Object>>> tables(
      Collection<Transaction> accepted,
      Collection<Label> labels,
      Collection<Rule> rules,
      long labelHorizon) {
    return new FraudDetectionOracle(accepted, labels, rules, labelHorizon).tables();
  }

  private Map<String, Map<List<Object>, List<Object>>> tables() {
    Map<List<Object>, List<Object>> alerts = new LinkedHashMap<>();
    Map<Transaction, Long> counts = new LinkedHashMap<>();
    for (Transaction transaction : transactions) {
      Map<String, String> found = found(transaction);
      found.forEach(
          (rule, reason) ->
              alerts.put(
                  List.of(transaction.transactionId(), rule),
                  List.of(
                      transaction.transactionId(),
                      rule,
                      transaction.accountId(),
                      transaction.terminalId(),
                      transaction.at(),
                      transaction.amountCents(),
                      reason)));
      counts.put(transaction, (long) found.size());
    }
    return Map.of(
        "alerts", alerts,
        "account_daily", daily(Transaction::accountId, counts),
        "terminal_daily", daily(Transaction::terminalId, counts));
  }

  private static Map<List<Object>, List<Object>> daily(
      Function<Transaction, String> id, Map<Transaction, Long> alerts) {
    Map<List<Object>, List<Object>> rows = new LinkedHashMap<>();
    alerts.keySet().stream()
        .collect(Collectors.groupingBy(each -> List.<Object>of(id.apply(each), day(each))))
        .forEach(
            (key, members) ->
                rows.put(
                    key,
                    List.of(
                        key.get(0),
                        key.get(1),
                        (long) members.size(),
                        members.stream().mapToLong(Transaction::amountCents).sum(),
                        members.stream().mapToLong(alerts::get).sum())));
    return rows;
  }

  private static long day(Transaction transaction) {
    return Instant.ofEpochMilli(transaction.at()).atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }

  private Map<String, String> found(Transaction transaction) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String ruleId : rules.stream().map(Rule::ruleId).distinct().toList()) {
      rules.stream()
          .filter(rule -> rule.ruleId().equals(ruleId))
          .filter(rule -> rule.effectiveFrom() <= transaction.at())
          .max(
              Comparator.comparingLong(Rule::effectiveFrom)
                  .thenComparing(rule -> rule.kind() + ' ' + rule.parameters())
                  .thenComparing(FraudDetectionOracle::end))
          .filter(rule -> transaction.at() < end(rule))
          .flatMap(rule -> reason(rule, transaction))
          .ifPresent(reason -> found.put(ruleId, reason));
    }
    return found;
  }

  private static long end(Rule rule) {
    return Objects.requireNonNullElse(rule.effectiveTo(), Long.MAX_VALUE);
  }

  private Optional<String> reason(Rule rule, Transaction one) {
    return switch (rule.kind()) {
      case "amount-above" -> amountAbove(rule, one);
      case "sum-above" -> sumAbove(rule, one);
      case "count-above" -> countAbove(rule, one);
      case "average-above" -> averageAbove(rule, one);
      case "terminals-above" -> terminalsAbove(rule, one);
      case "far-apart" -> farApart(rule, one);
      case "terminal-suspected" -> terminalSuspected(rule, one);
      default -> throw new IllegalArgumentException(rule.kind());
    };
  }

  private static Optional<String> amountAbove(Rule rule, Transaction one) {
    long bound = number(rule, "amountCents").orElseThrow();
    return when(
        one.amountCents() > bound, "amount %d, above %d".formatted(one.amountCents(), bound));
  }

  private Optional<String> sumAbove(Rule rule, Transaction one) {
    long bound = number(rule, "amountCents").orElseThrow();
    long sum = sum(window(rule, one));
    return when(
        sum > bound,
        "sum %d of the %s within %s, above %d"
            .formatted(sum, text(rule, "per"), shown(rule), bound));
  }

  private Optional<String> countAbove(Rule rule, Transaction one) {
    long bound = number(rule, "count").orElseThrow();
    long count = window(rule, one).size();
    return when(
        count > bound,
        "count %d of the %s within %s, above %d"
            .formatted(count, text(rule, "per"), shown(rule), bound));
  }

  private Optional<String> averageAbove(Rule rule, Transaction one) {
    List<Transaction> earlier =
        window(rule, one).stream().filter(other -> other.at() < one.at()).toList();
    BigDecimal times = new BigDecimal(value(rule, "times").orElseThrow());
    long sum = sum(earlier);
    boolean isAverage = earlier.size() >= number(rule, "atLeast").orElse(5L) && sum > 0;
    BigDecimal left =
        BigDecimal.valueOf(one.amountCents()).multiply(BigDecimal.valueOf(earlier.size()));
    boolean isAbove = left.compareTo(times.multiply(BigDecimal.valueOf(sum))) > 0;
    boolean isLarge = one.amountCents() > number(rule, "amountCents").orElse(0L);
    return when(
        isAverage && isAbove && isLarge,
        "amount %d, above %s times the average of %d within %s (sum %d)"
            .formatted(
                one.amountCents(),
                times.stripTrailingZeros().toPlainString(),
                earlier.size(),
                shown(rule),
                sum));
  }

  private Optional<String> terminalsAbove(Rule rule, Transaction one) {
    long bound = number(rule, "count").orElseThrow();
    long terminals = window(rule, one).stream().map(Transaction::terminalId).distinct().count();
    return when(
        terminals > bound, "more than %d terminals within %s".formatted(bound, shown(rule)));
  }

  private Optional<String> farApart(Rule rule, Transaction one) {
    int length = number(rule, "regionLength").orElse(256L).intValue();
    String here = region(one, length);
    return window(rule, one).stream()
        .filter(other -> !region(other, length).equals(here))
        .max(
            Comparator.comparingLong(Transaction::at)
                .thenComparing(Transaction::transactionId)
                .thenComparing(Transaction::terminalId))
        .map(
            other ->
                "in %s and in %s within %s".formatted(region(other, length), here, shown(rule)));
  }

  private static String region(Transaction transaction, int length) {
    String id = transaction.terminalId();
    return id.substring(0, Math.min(length, id.length()));
  }

  private Optional<String> terminalSuspected(Rule rule, Transaction one) {
    long bound = number(rule, "confirmed").orElse(1L);
    long confirmed =
        transactions.stream()
            .filter(other -> other.terminalId().equals(one.terminalId()))
            .map(other -> standing(other, one.at()))
            .flatMap(Optional::stream)
            .filter(label -> label.at() > one.at() - length(rule))
            .count();
    return when(
        confirmed >= bound,
        "fraud confirmed at the terminal within %s: %d or more".formatted(shown(rule), bound));
  }

  /** The newest label of a transaction at a moment, if it says fraud. */
  private Optional<Label> standing(Transaction transaction, long at) {
    return labels.stream()
        .filter(label -> label.transactionId().equals(transaction.transactionId()))
        .filter(label -> label.accountId().equals(transaction.accountId()))
        .filter(label -> label.at() >= transaction.at())
        .filter(label -> label.at() <= transaction.at() + labelHorizon)
        .filter(label -> label.at() <= at)
        .max(Comparator.comparingLong(Label::at).thenComparing(Label::fraud))
        .filter(Label::fraud);
  }

  private List<Transaction> window(Rule rule, Transaction one) {
    boolean perTerminal = text(rule, "per").equals("terminal");
    Predicate<Transaction> same =
        other ->
            perTerminal
                ? other.terminalId().equals(one.terminalId())
                : other.accountId().equals(one.accountId());
    return transactions.stream()
        .filter(same)
        .filter(other -> other.at() > one.at() - length(rule) && other.at() <= one.at())
        .toList();
  }

  private static long sum(List<Transaction> transactions) {
    return transactions.stream().mapToLong(Transaction::amountCents).sum();
  }

  private static Optional<String> when(boolean found, String reason) {
    return found ? Optional.of(reason) : Optional.empty();
  }

  private static Optional<String> value(Rule rule, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(rule.parameters());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String text(Rule rule, String name) {
    return value(rule, name).orElse("");
  }

  private static Optional<Long> number(Rule rule, String name) {
    return value(rule, name).map(Long::valueOf);
  }

  private static long length(Rule rule) {
    String text = text(rule, "window");
    boolean days = text.endsWith("d");
    return text.endsWith("ms")
        ? Long.parseLong(text.replace("ms", ""))
        : Duration.parse((days ? "P" : "PT") + text.toUpperCase(java.util.Locale.ROOT)).toMillis();
  }

  /** In the largest unit that leaves no rest. */
  private static String shown(Rule rule) {
    Duration length = Duration.ofMillis(length(rule));
    if (length.equals(Duration.ofDays(length.toDays()))) {
      return length.toDays() + "d";
    }
    if (length.equals(Duration.ofHours(length.toHours()))) {
      return length.toHours() + "h";
    }
    if (length.equals(Duration.ofMinutes(length.toMinutes()))) {
      return length.toMinutes() + "m";
    }
    return length.equals(Duration.ofSeconds(length.toSeconds()))
        ? length.toSeconds() + "s"
        : length.toMillis() + "ms";
  }
}
