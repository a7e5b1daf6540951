package io.kappa.common.log;

import java.util.function.BooleanSupplier;

/**
 * Whether there is memory left for the state of what a reader reads. Once there is none, there is
 * none for as long as the run lasts: its version goes on with state on disk.
 */
final class Room {

  /** For a run that keeps its state on disk. */
  static final Room ENDLESS = new Room(() -> false, () -> {});

  /** To look each time would cost more than many a record. */
  private static final int LOOK_EVERY = 64;

  private final BooleanSupplier isFull;
  private final Runnable whenFull;
  private int asked;
  private boolean full;

  /**
   * @param isFull whether it's full now
   * @param whenFull is run once
   */
  Room(BooleanSupplier isFull, Runnable whenFull) {
    this.isFull = isFull;
    this.whenFull = whenFull;
  }

  /** Whether one more record may be read. */
  boolean isLeft() {
    if (!full && ++asked % LOOK_EVERY == 0 && isFull.getAsBoolean()) {
      full = true;
      whenFull.run();
    }
    return !full;
  }
}
