package io.kappa.control.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.control.Refusal;
import io.kappa.control.version.Frontier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogCheckTest {

  private static TopicFacts topic(
      String policy, long retentionMs, long retentionBytes, String timestamps, long first) {
    return new TopicFacts(
        "activity",
        "id-1",
        policy,
        retentionMs,
        retentionBytes,
        timestamps,
        new TreeMap<>(Map.of(0, 0L, 1, first)),
        new TreeMap<>(Map.of(0, 50L, 1, 60L)));
  }

  @Test
  void aLogAsItShouldBeIsPinnedAtConcreteOffsets() {
    PinnedLog log = new LogCheck(false).pin(List.of(topic("delete", -1, -1, "LogAppendTime", 0)));

    assertThat(log)
        .isEqualTo(
            new PinnedLog(
                Frontier.of(Map.of("activity", Map.of(0, 0L, 1, 0L))),
                Frontier.of(Map.of("activity", Map.of(0, 50L, 1, 60L))),
                Map.of("activity", "id-1"),
                false,
                List.of()));
  }

  @Test
  void aLogWhoseHeadIsGoneIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> new LogCheck(false).pin(List.of(topic("delete", -1, -1, "LogAppendTime", 7))))
        .withMessage(
            "Topic activity has lost its head: the first offsets are {0=0, 1=7},"
                + " expected 0 in each partition")
        .extracting(Refusal::remedy)
        .isEqualTo(
            "--accept-truncated-log goes on without what is gone, and marks the version for ever");
  }

  @Test
  void anAcceptedTruncatedLogMarksTheVersionAndBeginsWhereTheLogDoes() {
    PinnedLog log = new LogCheck(true).pin(List.of(topic("delete", -1, -1, "LogAppendTime", 7)));

    assertThat(log.truncated()).isTrue();
    assertThat(log.start()).isEqualTo(Frontier.of(Map.of("activity", Map.of(0, 0L, 1, 7L))));
    assertThat(log.warnings())
        .containsExactly(
            "Topic activity has lost its head (first offsets {0=0, 1=7}):"
                + " what it held is in no table");
  }

  @Test
  void aCompactedLogIsRefusedEvenIfATruncatedOneIsFine() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                new LogCheck(true)
                    .pin(List.of(topic("compact,delete", -1, -1, "LogAppendTime", 0))))
        .withMessage(
            "Topic activity has cleanup.policy=compact,delete, allowed is delete:"
                + " compaction takes records out");
  }

  @Test
  void whatMayHurtLaterIsSaidNow() {
    PinnedLog log =
        new LogCheck(false).pin(List.of(topic("delete", 604_800_000, 1_000, "CreateTime", 0)));

    assertThat(log.warnings())
        .containsExactly(
            "Topic activity has retention.ms=604800000: what it deletes can't be replayed; set -1",
            "Topic activity has retention.bytes=1000: what it deletes can't be replayed; set -1",
            "Topic activity has message.timestamp.type=CreateTime: its producers' clocks say what"
                + " is from the future; set LogAppendTime");
  }
}
