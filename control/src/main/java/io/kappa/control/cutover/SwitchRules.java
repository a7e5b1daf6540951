package io.kappa.control.cutover;

import io.kappa.control.version.Frontier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to hold at the moment of a switch: pure decisions. */
final class SwitchRules {

  private SwitchRules() {}

  /** Nobody has moved the pointer, nor ended a version, since the operator looked. */
  static boolean isUnmoved(long seen, long found) {
    return seen == found;
  }

  /** No reader goes back: in each partition the new version is where the old one is, or further. */
  static boolean isPast(Frontier newer, Frontier older) {
    return newer.reaches(older);
  }

  /** The comparison allows it, or an operator takes it upon themselves. */
  static boolean isAllowed(Optional<String> whyNot, Optional<String> accepted) {
    return whyNot.isEmpty() || accepted.isPresent();
  }

  /** How far one version is behind another: {@code 12 records (activity-0 by 10, …-1 by 2)}. */
  static String behind(Frontier newer, Frontier older) {
    List<String> where = new ArrayList<>();
    older
        .offsets()
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, offset) -> {
                      long missing = offset - newer.at(topic, partition);
                      if (missing > 0) {
                        where.add("%s-%d by %,d".formatted(topic, partition, missing));
                      }
                    }));
    return "%,d records (%s)".formatted(newer.recordsTo(older), String.join(", ", where));
  }
}
