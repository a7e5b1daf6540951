package io.kappa.common.log;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.function.LongSupplier;

/**
 * How full of what lives long the memory of this JVM is, which all tasks in it share. What a
 * collection would free isn't known before, so where it may matter one is made.
 */
final class TenuredHeap {

  /** The part of the heap that objects come to when they last. */
  interface Pool {

    /** Bytes in use, garbage among them. */
    long used();

    /** Bytes that were in use behind the last collection. */
    long usedAfterCollection();

    /** The most bytes that there can be. */
    long most();

    /** Frees what nothing refers to any more. */
    void collect();
  }

  /** That of this JVM. */
  static final TenuredHeap OF_JVM = new TenuredHeap(new PoolOfJvm(), System::nanoTime);

  /** So full, the collector itself is about to see what lives. */
  private static final double NEARLY_FULL = 0.92;

  private static final long LOOK_EVERY_NS = 200_000_000;

  private final Pool pool;
  private final LongSupplier clock;
  private long nextLook;
  private boolean full;

  /**
   * @param clock nanoseconds, from anywhere
   */
  TenuredHeap(Pool pool, LongSupplier clock) {
    this.pool = pool;
    this.clock = clock;
    this.nextLook = clock.getAsLong();
  }

  /**
   * Whether more than a share of it is taken by what lives, some moments ago.
   *
   * @param share 0 to 1
   */
  synchronized boolean isFull(double share) {
    long now = clock.getAsLong();
    if (now - nextLook >= 0) {
      full = look(share);
      nextLook = clock.getAsLong() + LOOK_EVERY_NS;
    }
    return full;
  }

  private boolean look(double share) {
    double allowed = share * pool.most();
    boolean mayBeFull =
        pool.used() > allowed
            && (pool.usedAfterCollection() >= allowed || pool.used() > NEARLY_FULL * pool.most());
    if (!mayBeFull) {
      return false;
    }
    // What was alive then may be garbage by now: another version's state, that has ended.
    pool.collect();
    return pool.used() > allowed;
  }

  /** The largest of those that fill up slowly, whatever the collector calls it. */
  private static final class PoolOfJvm implements Pool {

    private final MemoryPoolMXBean pool =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(each -> each.getType() == MemoryType.HEAP && each.isUsageThresholdSupported())
            .max(Comparator.comparingLong(each -> each.getUsage().getMax()))
            .orElseThrow();

    @Override
    public long used() {
      return pool.getUsage().getUsed();
    }

    @Override
    public long usedAfterCollection() {
      MemoryUsage after = pool.getCollectionUsage();
      return after == null ? 0 : after.getUsed();
    }

    @Override
    public long most() {
      long most = pool.getUsage().getMax();
      return most < 0 ? Runtime.getRuntime().maxMemory() : most;
    }

    @Override
    public void collect() {
      ManagementFactory.getMemoryMXBean().gc();
    }
  }
}
