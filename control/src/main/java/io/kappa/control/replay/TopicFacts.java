package io.kappa.control.replay;

import java.util.SortedMap;

/**
 * What the broker says of a topic.
 *
 * @param retentionMs milliseconds; -1 without limit
 * @param retentionBytes bytes for each partition; -1 without limit
 * @param first partition -> offset of the first record that is still there
 * @param end partition -> offset after the last record that is committed
 */
public record TopicFacts(
    String name,
    String id,
    String cleanupPolicy,
    long retentionMs,
    long retentionBytes,
    String timestampType,
    SortedMap<Integer, Long> first,
    SortedMap<Integer, Long> end) {

  /** Whether retention, or somebody, has deleted records from the topic's beginning. */
  public boolean headIsGone() {
    return first.values().stream().anyMatch(offset -> offset > 0);
  }
}
