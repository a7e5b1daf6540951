package io.kappa.common.log;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What a reader of a fenced leg lets its enumerator know: that it has begun to read, and that it
 * has come to all of its fences. In between checkpoints are rare, as nobody waits for the rows.
 */
final class Backlog {

  private final IntSupplier partitions;
  private final Consumer<AtWork> enumerator;
  private boolean busy;

  /**
   * @param partitions how many partitions are still being read
   */
  Backlog(IntSupplier partitions, Consumer<AtWork> enumerator) {
    this.partitions = partitions;
    this.enumerator = enumerator;
  }

  /** For a leg without a fence, which never comes to an end of it. */
  static Backlog none() {
    return new Backlog(() -> 0, report -> {});
  }

  /** Partitions were added. */
  void begin() {
    if (!busy) {
      busy = true;
      enumerator.accept(new AtWork(true));
    }
  }

  /** Nothing is there to be read at the moment. */
  void look() {
    if (busy && partitions.getAsInt() == 0) {
      busy = false;
      enumerator.accept(new AtWork(false));
    }
  }
}
