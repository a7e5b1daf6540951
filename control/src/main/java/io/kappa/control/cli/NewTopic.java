package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.replay.LogAdmin;
import io.kappa.local.data.TopicCreation;

/** A topic that is about to be written to. */
final class NewTopic {

  private static final int MOST_PARTITIONS = 1_000;

  private NewTopic() {}

  /**
   * Makes the topic if it's missing.
   *
   * @throws Refusal if the broker doesn't answer in time, or the number isn't one that can be
   */
  static void ensure(Installation installation, String topic, int partitions, Terminal terminal) {
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new Refusal(
          "%d partitions can't be; allowed is 1 to %,d".formatted(partitions, MOST_PARTITIONS),
          "give another --partitions");
    }
    try (LogAdmin log = installation.log(Installation.PATIENCE)) {
      if (log.names().contains(topic)) {
        return;
      }
    }
    if (TopicCreation.ensure(installation.endpoints().kafkaBootstrap(), topic, partitions)) {
      terminal.note("made topic %s with %d partitions".formatted(topic, partitions));
    }
  }
}
