package io.kappa.benchmarks.peers;

import io.kappa.benchmarks.Input;
import io.kappa.benchmarks.PreparedLog;
import io.kappa.benchmarks.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A log that is unlike the usual one in one way.
 *
 * @param name as it stands in the table of figures, and in options
 * @param input what the log is made of
 * @param shape what its records become
 */
record Workload(String name, Input input, Shape shape) {

  /** What grows with keys is seen at two sizes. */
  static final List<Integer> KEYS = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);

  /** How many different ones are counted. */
  private static final List<Integer> WORDS = List.of(5_000, 1_000_000);

  /** The one that is like none of the others. */
  static final String USUAL = "as usual: 140 bytes, 4 partitions, lz4";

  private static final String ITEMS = " items";
  private static final int TIMES = 10;
  private static final Duration LONGER_THAN_THE_FILE = Duration.ofDays(280);

  /** Those with more and more items. */
  static List<Workload> keys(long events) {
    return KEYS.stream()
        .map(
            items ->
                new Workload(
                    "%,d".formatted(items) + ITEMS,
                    Input.clean(events, "--items=" + items),
                    Shape.AS_IT_IS))
        .toList();
  }

  /** The one that others are unlike. */
  static Workload usual(long events) {
    return new Workload(USUAL, Input.clean(events), Shape.AS_IT_IS);
  }

  /** Whether it's one of those with more and more items. */
  static boolean isOfKeys(String name) {
    return name.endsWith(ITEMS);
  }

  /**
   * Where it stands among others: the usual one, then those of more and more items, then others.
   */
  static long place(String name) {
    if (name.equals(USUAL)) {
      return 0;
    }
    return isOfKeys(name)
        ? Long.parseLong(name.replace(ITEMS, "").replace(",", ""))
        : Long.MAX_VALUE;
  }

  /**
   * All others.
   *
   * @param retail the file of online-retail, if it's there
   */
  static List<Workload> others(long events, Optional<Path> retail) {
    Input usual = Input.clean(events);
    List<Workload> all = new ArrayList<>();
    for (int words : WORDS) {
      all.add(
          new Workload(
              "counting %,d words, 60 bytes".formatted(words),
              Input.clean(events, "--items=" + words),
              Shape.AS_IT_IS.ofItem()));
    }
    all.add(new Workload("90 bytes", usual, Shape.AS_IT_IS.slim()));
    all.add(new Workload("300 bytes", usual, Shape.AS_IT_IS.wide(300)));
    all.add(new Workload("2,000 bytes, nested", usual, Shape.AS_IT_IS.wide(2_000)));
    all.add(new Workload("1 partition", Input.clean(events, "--partitions=1"), Shape.AS_IT_IS));
    all.add(new Workload("16 partitions", Input.clean(events, "--partitions=16"), Shape.AS_IT_IS));
    for (String compression : List.of("none", "gzip", "zstd")) {
      all.add(new Workload(compression, usual, Shape.AS_IT_IS.compressed(compression)));
    }
    retail.ifPresent(
        file ->
            all.add(
                new Workload(
                    "online-retail, %d times".formatted(TIMES),
                    Input.onlineRetail(file),
                    Shape.AS_IT_IS.repeated(TIMES, LONGER_THAN_THE_FILE))));
    return List.copyOf(all);
  }

  /** Writes the log. */
  PreparedLog prepare(Path home) {
    PreparedLog log = PreparedLog.of(home, input);
    if (shape.equals(Shape.AS_IT_IS)) {
      return log;
    }
    try (log) {
      return log.reshaped(home, shape);
    }
  }
}
