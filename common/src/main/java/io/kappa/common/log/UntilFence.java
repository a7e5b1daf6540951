package io.kappa.common.log;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Of a fenced leg: that a reader has begun to read, and that it has come to all of its fences. */
final class UntilFence implements WorkReport {

  private final IntSupplier partitions;
  private final Consumer<AtWork> enumerator;
  private boolean busy;

  /**
   * @param partitions how many partitions are still being read
   */
  UntilFence(IntSupplier partitions, Consumer<AtWork> enumerator) {
    this.partitions = partitions;
    this.enumerator = enumerator;
  }

  @Override
  public void begin() {
    if (!busy) {
      busy = true;
      enumerator.accept(new AtWork(true));
    }
  }

  @Override
  public void took() {}

  @Override
  public void look() {
    if (busy && partitions.getAsInt() == 0) {
      busy = false;
      enumerator.accept(new AtWork(false));
    }
  }

  @Override
  public void answer() {}
}
