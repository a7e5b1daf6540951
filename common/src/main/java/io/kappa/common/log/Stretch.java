package io.kappa.common.log;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of a topic that one leg of a version reads.
 *
 * <p>A fence is always a frontier of a version: the last offset before it is a record's, or it is
 * where the log was begun. So whoever has read every record before it has come to it.
 *
 * @param start partition -> the offset at which the source begins
 * @param fence partition -> the offset before which it halts; empty if the leg has no fence
 */
public record Stretch(Map<Integer, Long> start, Map<Integer, Long> fence) implements Serializable {

  /**
   * @throws IllegalArgumentException if there is a fence and a partition has none, or starts behind
   *     its own
   */
  public Stretch {
    start = Collections.unmodifiableMap(new TreeMap<>(start));
    fence = Collections.unmodifiableMap(new TreeMap<>(fence));
    if (!fence.isEmpty() && !leadsTo(fence, start)) {
      throw new IllegalArgumentException(
          "The fence %s doesn't lie at or behind the start %s, partition by partition"
              .formatted(fence, start));
    }
  }

  private static boolean leadsTo(Map<Integer, Long> fence, Map<Integer, Long> start) {
    return fence.keySet().equals(start.keySet())
        && start.entrySet().stream().allMatch(from -> from.getValue() <= fence.get(from.getKey()));
  }

  boolean isFenced() {
    return !fence.isEmpty();
  }

  Optional<Long> fence(int partition) {
    return Optional.ofNullable(fence.get(partition));
  }
}
