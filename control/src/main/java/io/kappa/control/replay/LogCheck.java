package io.kappa.control.replay;

import io.kappa.control.Refusal;
import io.kappa.control.version.Frontier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether a log can be the one source of truth, decided from what the broker says of it. */
public final class LogCheck {

  private final boolean truncatedIsFine;

  /**
   * @param truncatedIsFine the operator accepts a log whose head is gone
   */
  public LogCheck(boolean truncatedIsFine) {
    this.truncatedIsFine = truncatedIsFine;
  }

  /**
   * Pins the start of these topics.
   *
   * @throws Refusal if a topic is compacted, has no partition, or lost its head
   */
  public PinnedLog pin(List<TopicFacts> topics) {
    Map<String, SortedMap<Integer, Long>> start = new TreeMap<>();
    Map<String, SortedMap<Integer, Long>> end = new TreeMap<>();
    Map<String, String> ids = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    boolean truncated = false;
    for (TopicFacts topic : topics) {
      refuseWhatCantBe(topic);
      truncated |= topic.headIsGone();
      warnings.addAll(warnings(topic));
      start.put(topic.name(), topic.first());
      end.put(topic.name(), topic.end());
      ids.put(topic.name(), topic.id());
    }
    return new PinnedLog(
        Frontier.of(start), Frontier.of(end), ids, truncated, List.copyOf(warnings));
  }

  private void refuseWhatCantBe(TopicFacts topic) {
    if (!topic.cleanupPolicy().equals("delete")) {
      throw new Refusal(
          "Topic %s has cleanup.policy=%s, allowed is delete: compaction takes records out"
              .formatted(topic.name(), topic.cleanupPolicy()),
          "write the events to a topic with cleanup.policy=delete");
    }
    if (topic.headIsGone() && !truncatedIsFine) {
      throw new Refusal(
          "Topic %s has lost its head: the first offsets are %s, expected 0 in each partition"
              .formatted(topic.name(), topic.first()),
          "--accept-truncated-log goes on without what is gone, and marks the version for ever");
    }
  }

  private static List<String> warnings(TopicFacts topic) {
    List<String> warnings = new ArrayList<>();
    if (topic.headIsGone()) {
      warnings.add(
          "Topic %s has lost its head (first offsets %s): what it held is in no table"
              .formatted(topic.name(), topic.first()));
    }
    if (topic.retentionMs() != -1) {
      warnings.add(limited(topic, "retention.ms", topic.retentionMs()));
    }
    if (topic.retentionBytes() != -1) {
      warnings.add(limited(topic, "retention.bytes", topic.retentionBytes()));
    }
    if (!topic.timestampType().equals("LogAppendTime")) {
      warnings.add(
          "Topic %s has message.timestamp.type=%s: its producers' clocks say what is from the future; set LogAppendTime"
              .formatted(topic.name(), topic.timestampType()));
    }
    return warnings;
  }

  private static String limited(TopicFacts topic, String setting, long value) {
    return "Topic %s has %s=%d: what it deletes can't be replayed; set -1"
        .formatted(topic.name(), setting, value);
  }
}
