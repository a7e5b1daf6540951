package io.kappa.local.process;

import io.kappa.local.StackException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what no event tells of: a process that ends, a port that opens. */
public final class Waiting {

  private static final long STEP_MILLIS = 40;

  private Waiting() {}

  /** Asks again and again; false if it didn't become true in that time. */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return true;
  }

  /** What to throw when a wait was interrupted; the thread stays interrupted. */
  public static StackException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StackException("Interrupted while waiting", "give the command again", e);
  }
}
