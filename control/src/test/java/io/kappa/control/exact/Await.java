package io.kappa.control.exact;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that will be true, looking again and again, for a bounded time. */
public final class Await {

  private Await() {}

  /** Whether it became true in that time. */
  public static boolean until(Duration limit, Callable<Boolean> condition) {
    long end = System.nanoTime() + limit.toNanos();
    do {
      if (holds(condition)) {
        return true;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    } while (System.nanoTime() < end);
    return holds(condition);
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      return false;
    }
  }
}
