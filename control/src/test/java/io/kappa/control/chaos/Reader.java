package io.kappa.control.chaos;

import io.kappa.control.exact.Cut;
import io.kappa.local.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who reads all tables, one snapshot after the other, for as long as it is open. It waits
 * for no lock longer than {@link #LOCK_TIMEOUT}, so that having to is an error, and never sees the
 * log from further back than before.
 */
final class Reader implements AutoCloseable {

  private static final String LOCK_TIMEOUT = "2s";
  private static final String DETACHED = "55000";
  private static final long BETWEEN_SNAPSHOTS_MS = 50;
  private static final int SLOW_EVERY = 10;

  private final TestDatabase database;
  private final boolean slow;
  private final Random random;
  private final Thread thread;
  private final List<Cut> fresh = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private volatile boolean reading = true;
  private Cut last;
  private long snapshots;
  private long longestMillis;
  private long detached;

  /**
   * @param slow it takes its time between two tables, now and then
   */
  Reader(TestDatabase database, boolean slow, long seed) {
    this.database = database;
    this.slow = slow;
    this.random = new Random(seed);
    this.thread = new Thread(this::read, slow ? "slow reader" : "reader");
    thread.start();
  }

  private void read() {
    while (reading) {
      try (Connection connection = database.connect("kappa_reader")) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET lock_timeout = '%s'".formatted(LOCK_TIMEOUT));
        }
        while (reading) {
          readOnce(connection);
          pause(BETWEEN_SNAPSHOTS_MS);
        }
      } catch (SQLException e) {
        note(e);
        pause(BETWEEN_SNAPSHOTS_MS);
      } catch (RuntimeException e) {
        wrong("a reader failed: " + e);
      }
    }
  }

  private void readOnce(Connection connection) throws SQLException {
    boolean now = slow && random.nextInt(SLOW_EVERY) == 0;
    long began = System.nanoTime();
    Cut cut = Cut.take(connection, () -> pause(now ? random.nextInt(400) : 0));
    take(cut, now ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  private synchronized void take(Cut cut, long millis) {
    snapshots++;
    longestMillis = Math.max(longestMillis, millis);
    if (cut.equals(last)) {
      return;
    }
    if (last != null && isBehind(cut.frontier(), last.frontier())) {
      wrong.add(
          "a reader went back from v%d at %s to v%d at %s"
              .formatted(last.version(), last.frontier(), cut.version(), cut.frontier()));
    }
    last = cut;
    fresh.add(cut);
  }

  private static boolean isBehind(Map<Integer, Long> frontier, Map<Integer, Long> other) {
    return other.entrySet().stream()
        .anyMatch(each -> frontier.getOrDefault(each.getKey(), -1L) < each.getValue());
  }

  /** The store's being away is no fault of what readers are shown. */
  private synchronized void note(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.equals(DETACHED)) {
      detached++;
    } else if (!state.startsWith("08") && !Set.of("57P01", "57P02", "57P03").contains(state)) {
      wrong.add("a reader got %s: %s".formatted(state, e.getMessage()));
    }
  }

  private synchronized void wrong(String what) {
    wrong.add(what);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The snapshots that differ from the one before, since this was asked last. */
  synchronized List<Cut> fresh() {
    List<Cut> cuts = List.copyOf(fresh);
    fresh.clear();
    return cuts;
  }

  /** What went wrong by itself, whatever the oracle says. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public synchronized String toString() {
    return "%s: %d snapshots, the longest took %d ms, %d told to begin again"
        .formatted(thread.getName(), snapshots, longestMillis, detached);
  }

  @Override
  public void close() throws InterruptedException {
    reading = false;
    thread.join();
  }
}
