package io.kappa.control.version;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A place in the log: topic -> partition -> next offset. All that lies before it belongs to it.
 *
 * @param offsets offsets are 0 or more
 */
public record Frontier(SortedMap<String, SortedMap<Integer, Long>> offsets) {

  /**
   * @throws IllegalArgumentException if an offset is below 0
   */
  public Frontier {
    TreeMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
    offsets.forEach((topic, partitions) -> copy.put(topic, checked(topic, partitions)));
    offsets = Collections.unmodifiableSortedMap(copy);
  }

  private static SortedMap<Integer, Long> checked(String topic, Map<Integer, Long> partitions) {
    partitions.forEach(
        (partition, offset) -> {
          if (offset < 0) {
            throw new IllegalArgumentException(
                "%s-%d: offset is %d, allowed is 0 or more".formatted(topic, partition, offset));
          }
        });
    return Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }

  /** A frontier from any kind of maps. */
  public static Frontier of(Map<String, ? extends Map<Integer, Long>> offsets) {
    TreeMap<String, SortedMap<Integer, Long>> sorted = new TreeMap<>();
    offsets.forEach((topic, partitions) -> sorted.put(topic, new TreeMap<>(partitions)));
    return new Frontier(sorted);
  }

  /** The next offset of a partition; 0 where this frontier doesn't know the partition. */
  public long at(String topic, int partition) {
    return offsets.getOrDefault(topic, Collections.emptySortedMap()).getOrDefault(partition, 0L);
  }

  /** Whether this frontier is at or past the other one in each of the other's partitions. */
  public boolean reaches(Frontier other) {
    return recordsTo(other) == 0;
  }

  /** How many offsets are before it, in partitions that begin at 0. */
  public long offsetsBefore() {
    return offsets.values().stream()
        .flatMap(topic -> topic.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** How many records lie between this frontier and one further on; never less than 0. */
  public long recordsTo(Frontier end) {
    long records = 0;
    for (Map.Entry<String, SortedMap<Integer, Long>> topic : end.offsets.entrySet()) {
      for (Map.Entry<Integer, Long> partition : topic.getValue().entrySet()) {
        records += Math.max(0, partition.getValue() - at(topic.getKey(), partition.getKey()));
      }
    }
    return records;
  }
}
