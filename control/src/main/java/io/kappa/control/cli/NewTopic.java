package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.replay.LogAdmin;
import io.kappa.local.data.TopicCreation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A topic that is about to be written to. */
final class NewTopic {

  private static final int MOST_PARTITIONS = 1_000;

  private NewTopic() {}

  /**
   * Makes the topic if it's missing.
   *
   * @param partitions how many it gets then; empty: as many as such a topic has
   * @throws Refusal if the broker doesn't answer in time, or the number isn't one that can be
   */
  static void ensure(
      Installation installation, String topic, Optional<Integer> partitions, Terminal terminal) {
    ensure(installation, List.of(topic), partitions, terminal);
  }

  /**
   * Makes those of the topics that are missing.
   *
   * @return of the topics that were there, those that hold records, and how many
   */
  static Map<String, Long> ensure(
      Installation installation,
      List<String> topics,
      Optional<Integer> partitions,
      Terminal terminal) {
    check(partitions);
    Map<String, Long> held = new LinkedHashMap<>();
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      Set<String> there = log.names();
      for (String topic : topics) {
        if (there.contains(topic)) {
          held.put(topic, records(log, topic));
        } else {
          make(installation, topic, partitions, terminal);
        }
      }
    }
    held.values().removeIf(records -> records == 0);
    return held;
  }

  private static void make(
      Installation installation, String topic, Optional<Integer> wanted, Terminal terminal) {
    int partitions = wanted.orElse(TopicCreation.partitionsOf(topic));
    if (TopicCreation.ensure(installation.endpoints().kafkaBootstrap(), topic, partitions)) {
      terminal.note(
          "made topic %s with %d %s"
              .formatted(topic, partitions, partitions == 1 ? "partition" : "partitions"));
    }
  }

  private static long records(LogAdmin log, String topic) {
    return log.ends(Set.of(topic)).offsetsBefore();
  }

  private static void check(Optional<Integer> wanted) {
    int partitions = wanted.orElse(1);
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new Refusal(
          "%d partitions can't be; allowed is 1 to %,d".formatted(partitions, MOST_PARTITIONS),
          "give another --partitions");
    }
  }
}
