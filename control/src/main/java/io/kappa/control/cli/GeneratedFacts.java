package io.kappa.control.cli;

import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.FraudKind;
import io.kappa.local.data.TopicCounts;
import io.kappa.local.data.WorldSettings;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was generated, for people and for other programs. */
final class GeneratedFacts {

  private final WorldSettings settings;
  private final Map<Topic<?>, TopicCounts> counts;
  private final Map<FraudKind, Long> frauds;

  /**
   * @param frauds how many of each kind readers can find
   */
  GeneratedFacts(
      WorldSettings settings, Map<Topic<?>, TopicCounts> counts, Map<FraudKind, Long> frauds) {
    this.settings = settings;
    this.counts = counts;
    this.frauds = new EnumMap<>(frauds);
  }

  void print(Terminal terminal) {
    TextTable table =
        new TextTable(
            List.of("topic", "records", "late", "broken", "copies"),
            List.of(false, true, true, true, true));
    counts.forEach((topic, count) -> table.row(row(topic.name(), count)));
    if (counts.size() > 1) {
      table.row(row("all", all()));
    }
    table.print(terminal.out());
    if (counts.containsKey(Topics.TRANSACTIONS)) {
      String kinds =
          frauds.entrySet().stream()
              .map(kind -> "%s %,d".formatted(kind.getKey(), kind.getValue()))
              .collect(Collectors.joining(", "));
      terminal.say("frauds among the transactions that are on time: " + kinds);
    }
    terminal.out().flush();
  }

  private TopicCounts all() {
    return counts.values().stream().reduce(new TopicCounts(0, 0, 0, 0), TopicCounts::plus);
  }

  private static List<String> row(String name, TopicCounts count) {
    return List.of(
        name,
        "%,d".formatted(count.records()),
        "%,d".formatted(count.late()),
        "%,d".formatted(count.broken()),
        "%,d".formatted(count.copies()));
  }

  String json() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", settings.common().seed());
    facts.put("from", Instant.ofEpochMilli(settings.common().startAt()).toString());
    facts.put("accounts", settings.accounts());
    facts.put("terminals", settings.terminals());
    Map<String, TopicCounts> topics = new LinkedHashMap<>();
    counts.forEach((topic, count) -> topics.put(topic.name(), count));
    facts.put("topics", topics);
    facts.put("all", all());
    if (counts.containsKey(Topics.TRANSACTIONS)) {
      Map<String, Long> kinds = new LinkedHashMap<>();
      frauds.forEach((kind, number) -> kinds.put(kind.toString(), number));
      facts.put("frauds", kinds);
    }
    return JsonText.of(facts);
  }
}
