package io.kappa.common.sink;

import io.kappa.common.log.Stretch;
import java.util.Map;

/**
 * The leg of a version that is to be run.
 *
 * @param number 1 for the first
 * @param stretches topic -> the part of it that the leg reads
 * @param onHeap its state is kept on the heap
 */
public record LegPlan(int number, Map<String, Stretch> stretches, boolean onHeap) {

  public LegPlan {
    stretches = Map.copyOf(stretches);
  }

  /**
   * The part of a topic that the leg reads.
   *
   * @throws IllegalArgumentException if it reads none of that topic
   */
  public Stretch stretch(String topic) {
    Stretch stretch = stretches.get(topic);
    if (stretch == null) {
      throw new IllegalArgumentException(
          "Leg %d has no start in topic %s".formatted(number, topic));
    }
    return stretch;
  }
}
