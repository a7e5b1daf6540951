package io.kappa.jobs.frauddetection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kappa.common.event.Event;
import io.kappa.common.event.Label;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Topics;
import io.kappa.jobs.script.EventTimeOracle;
import io.kappa.jobs.script.TopicLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Transactions, labels and rules made from a seed: few accounts, terminals and rules, so that
 * everything meets; events out of order and of the same moment, late and from the future, copies
 * and contradictions, labels that are revoked, rules that change kind and scope, end and are
 * restated, and records that are none. It covers some days, so that state is freed meanwhile.
 */
final class RandomLog {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long LATENESS = 3 * HOUR;
  private static final long FUTURE = 10 * MINUTE;
  static final EventTimeOracle TIMES = new EventTimeOracle(LATENESS, FUTURE);

  private static final long BEGIN = 1_714_550_000_000L;
  private static final String[] WINDOWS = {"5m", "90m", "2h", "300000ms", "6h"};
  private static final String[] TERMINALS = {"ab1", "ab2", "b1", "b2", "c"};

  private final Random random;
  private final long labelHorizon;
  private final TopicLog<Transaction> transactions;
  private final TopicLog<Label> labels;
  private final TopicLog<Rule> rules;
  private final List<Transaction> paid = new ArrayList<>();
  private final List<Rule> said = new ArrayList<>();
  private long labelledAt = BEGIN;
  private long clock = BEGIN;

  RandomLog(long seed, int records) {
    random = new Random(seed);
    labelHorizon = (2 + random.nextInt(40)) * HOUR;
    transactions = new TopicLog<>(Topics.TRANSACTIONS, 1 + random.nextInt(4), random);
    labels = new TopicLog<>(Topics.LABELS, 1 + random.nextInt(2), random);
    rules = new TopicLog<>(Topics.RULES, 1 + random.nextInt(2), random);
    long step = (1 + random.nextInt(20)) * MINUTE;
    for (int i = 0; i < records; i++) {
      clock += random.nextLong(step);
      write(i);
    }
  }

  /** The parameters of a job that reads it. */
  Map<String, String> parameters() {
    return Map.of(
        "builtin-rules", "none", "max-window", "6h", "label-horizon", labelHorizon + "ms");
  }

  TopicLog<Transaction> transactions() {
    return transactions;
  }

  TopicLog<Label> labels() {
    return labels;
  }

  TopicLog<Rule> rules() {
    return rules;
  }

  List<TopicLog<?>> topics() {
    return List.of(transactions, labels, rules);
  }

  Map<String, Map<List<Object>, List<Object>>> expected() {
    return FraudDetectionOracle.tables(
        transactions.accepted(TIMES), labels.accepted(TIMES), rules.accepted(TIMES), labelHorizon);
  }

  private void write(int number) {
    int dice = random.nextInt(100);
    if (dice < 60 || paid.isEmpty()) {
      writeTo(transactions, transaction(number));
    } else if (dice < 82) {
      writeTo(labels, label());
    } else if (random.nextInt(8) == 0) {
      rules.sendUnusable(unusable(), clock);
    } else {
      writeTo(rules, rule());
    }
  }

  private <E extends Event> void writeTo(TopicLog<E> log, E event) {
    int dice = random.nextInt(100);
    if (dice < 3) {
      log.sendBroken(random.nextBoolean() ? null : "{\"at\":1}".getBytes(UTF_8), clock);
    } else if (dice < 13) {
      log.sendCopy(clock);
    } else {
      log.send(event, clock);
    }
  }

  private long time() {
    int dice = random.nextInt(100);
    if (dice < 3) {
      return clock - LATENESS - random.nextInt((int) HOUR);
    }
    if (dice < 6) {
      return clock + FUTURE - MINUTE + random.nextInt((int) (2 * MINUTE));
    }
    if (dice < 30 && !paid.isEmpty()) {
      return paid.get(paid.size() - 1).at(); // the same moment as something else
    }
    return clock - random.nextInt((int) (dice < 60 ? LATENESS : 2 * MINUTE));
  }

  private Transaction transaction(int number) {
    Transaction fresh =
        new Transaction(
            "t" + number,
            "account-" + random.nextInt(4),
            TERMINALS[random.nextInt(TERMINALS.length)],
            random.nextInt(10) == 0 ? -random.nextInt(500) : random.nextInt(1_000),
            "EUR",
            time());
    if (!paid.isEmpty() && random.nextInt(12) == 0) {
      return contradicting(recent(), fresh);
    }
    paid.add(fresh);
    return fresh;
  }

  /** Another transaction with an id that was given before. */
  private Transaction contradicting(Transaction known, Transaction fresh) {
    long apart = random.nextLong(labelHorizon / 2) - labelHorizon / 4;
    return new Transaction(
        known.transactionId(),
        known.accountId(),
        fresh.terminalId(),
        fresh.amountCents(),
        "EUR",
        known.at() + (random.nextBoolean() ? 0 : apart));
  }

  private Transaction recent() {
    return paid.get(Math.max(0, paid.size() - 1 - random.nextInt(60)));
  }

  private Label label() {
    Transaction of = recent();
    labelledAt = random.nextInt(6) == 0 ? labelledAt : time();
    boolean unknown = random.nextInt(20) == 0;
    return new Label(
        unknown ? "nothing" : of.transactionId(),
        of.accountId(),
        random.nextInt(100) < 70,
        random.nextInt(10) == 0 ? of.at() : labelledAt);
  }

  private Rule rule() {
    Long to = random.nextInt(4) == 0 ? clock + random.nextLong(4 * HOUR) : null;
    if (!said.isEmpty() && random.nextInt(2) == 0) {
      Rule before = said.get(Math.max(0, said.size() - 1 - random.nextInt(6)));
      long from = random.nextInt(4) == 0 ? before.effectiveFrom() : time();
      boolean off = random.nextInt(6) == 0;
      return rule(
          before.ruleId(), before.kind(), before.parameters(), from, off ? Long.valueOf(from) : to);
    }
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    return rule("rule-" + random.nextInt(5), kind, parameters(kind), time(), to);
  }

  private Rule rule(String ruleId, String kind, String parameters, long from, Long to) {
    Long end = to == null ? null : Math.max(from, to);
    Rule rule = new Rule(ruleId, kind, parameters, from, end);
    said.add(rule);
    return rule;
  }

  private static final List<String> KINDS =
      List.of(
          "amount-above",
          "sum-above",
          "count-above",
          "average-above",
          "terminals-above",
          "far-apart",
          "terminal-suspected",
          "terminal-suspected");

  private String parameters(String kind) {
    String window = "\"window\":\"" + WINDOWS[random.nextInt(WINDOWS.length)] + "\"";
    String per = "\"per\":\"" + (random.nextBoolean() ? "account" : "terminal") + "\"";
    return switch (kind) {
      case "amount-above" -> "{\"amountCents\":" + 100 * random.nextInt(10) + "}";
      case "sum-above" ->
          "{\"amountCents\":%d,%s,%s}".formatted(100 * random.nextInt(30), per, window);
      case "count-above" -> "{\"count\":%d,%s,%s}".formatted(random.nextInt(6), per, window);
      case "average-above" -> averageAbove(window);
      case "terminals-above" -> "{\"count\":%d,%s}".formatted(1 + random.nextInt(4), window);
      case "far-apart" ->
          random.nextBoolean()
              ? "{%s}".formatted(window)
              : "{\"regionLength\":%d,%s}".formatted(1 + random.nextInt(3), window);
      default ->
          random.nextBoolean()
              ? "{%s}".formatted(window)
              : "{\"confirmed\":%d,%s}".formatted(1 + random.nextInt(3), window);
    };
  }

  private String averageAbove(String window) {
    String least = random.nextBoolean() ? "" : "\"amountCents\":" + random.nextInt(600) + ",";
    return "{%s\"atLeast\":%d,\"times\":%d.%d,%s}"
        .formatted(
            least, 1 + random.nextInt(4), random.nextInt(3), 1 + random.nextInt(999), window);
  }

  private Rule unusable() {
    String parameters =
        random.nextBoolean() ? "{\"amountCents\":-1}" : "{\"amountCents\":1,\"currency\":\"EUR\"}";
    return new Rule("rule-" + random.nextInt(5), "amount-above", parameters, clock, null);
  }
}
