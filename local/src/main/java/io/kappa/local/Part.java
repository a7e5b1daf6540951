package io.kappa.local;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A process of the stack. The order is the one in which parts depend on each other. */
public enum Part {
  ZOOKEEPER,
  POSTGRES,
  KAFKA,
  JOBMANAGER,
  TASKMANAGER;

  /** The name as it is typed and as its log file is called: {@code kafka}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The part of that name.
   *
   * @throws StackException if there is none
   */
  public static Part of(String label) {
    return Arrays.stream(values())
        .filter(part -> part.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "'%s' is no part of the stack".formatted(label),
                    "name one of "
                        + Arrays.stream(values())
                            .map(Part::label)
                            .collect(Collectors.joining(", "))));
  }
}
