package io.kappa.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Alerts held against the truth about the transactions that were generated.
 *
 * @param frauds kind of fraud -> transactions that are it
 * @param found kind of fraud -> those of them that have an alert
 * @param alerted transactions that have an alert
 * @param byRule rule -> kind of fraud -> transactions on which it gave an alert; {@code genuine} is
 *     a kind too
 */
record FraudQuality(
    Map<String, Long> frauds,
    Map<String, Long> found,
    long alerted,
    Map<String, Map<String, Long>> byRule) {

  private static final String GENUINE = "genuine";
  private static final String ALERTS =
      "SELECT rule_id, transaction_id FROM fraud_detection.alerts ORDER BY 1, 2";

  /**
   * The alerts that readers see now.
   *
   * @param truth the CSV that {@code kappa generate --truth} writes
   */
  static FraudQuality of(OwnStack stack, Path truth) {
    return of(read(truth), StoreNumbers.rows(stack, ALERTS));
  }

  /**
   * @param truth transaction -> kind of fraud
   * @param alerts rule and transaction each
   */
  static FraudQuality of(Map<String, String> truth, List<List<String>> alerts) {
    Map<String, Long> frauds = new TreeMap<>();
    truth.values().forEach(kind -> frauds.merge(kind, 1L, Long::sum));
    Set<String> alerted = new HashSet<>();
    Map<String, Map<String, Long>> byRule = new TreeMap<>();
    for (List<String> alert : alerts) {
      alerted.add(alert.get(1));
      byRule
          .computeIfAbsent(alert.get(0), rule -> new TreeMap<>())
          .merge(truth.getOrDefault(alert.get(1), GENUINE), 1L, Long::sum);
    }
    Map<String, Long> found = new TreeMap<>();
    truth.forEach((id, kind) -> found.merge(kind, alerted.contains(id) ? 1L : 0L, Long::sum));
    return new FraudQuality(frauds, found, alerted.size(), byRule);
  }

  /** Of the transactions with an alert, the share that is fraud. */
  double precision() {
    return share(sum(found), alerted);
  }

  /** Of all frauds, the share that has an alert. */
  double recall() {
    return share(sum(found), sum(frauds));
  }

  /** A table of kinds, and one of rules. */
  String text() {
    MarkdownTable kinds = new MarkdownTable("kind of fraud", "transactions", "found", "recall");
    frauds.forEach(
        (kind, all) ->
            kinds.row(
                kind,
                Text.number(all),
                Text.number(found.get(kind)),
                Text.share(share(found.get(kind), all))));
    kinds.row("all", Text.number(sum(frauds)), Text.number(sum(found)), Text.share(recall()));
    List<String> heads = new ArrayList<>(List.of("rule", "alerts", "precision"));
    heads.addAll(frauds.keySet());
    heads.add(GENUINE);
    MarkdownTable rules = new MarkdownTable(heads.toArray(String[]::new));
    byRule.forEach((rule, hits) -> rules.row(row(rule, hits)));
    return kinds
        + "\n%s transactions have an alert; precision %s.\n\n"
            .formatted(Text.number(alerted), Text.share(precision()))
        + rules;
  }

  private String[] row(String rule, Map<String, Long> hits) {
    long all = sum(hits);
    return Stream.concat(
            Stream.of(
                rule,
                Text.number(all),
                Text.share(share(all - hits.getOrDefault(GENUINE, 0L), all))),
            Stream.concat(frauds.keySet().stream(), Stream.of(GENUINE))
                .map(kind -> Text.number(hits.getOrDefault(kind, 0L))))
        .toArray(String[]::new);
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Only frauds that readers can know of: not those whose record is late or broken. */
  private static Map<String, String> read(Path truth) {
    try (Stream<String> lines = Files.lines(truth)) {
      Map<String, String> kinds = new HashMap<>();
      lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .filter(fields -> fields[3].equals("on_time"))
          .forEach(fields -> kinds.put(fields[0], fields[1]));
      return kinds;
    } catch (IOException e) {
      throw new BenchmarkException("The truth can't be read from " + truth, e);
    }
  }
}
