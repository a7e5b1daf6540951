package io.kappa.control.exact;

import io.kappa.local.junit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** A reader that takes one cut after the other for as long as it is open. */
final class CutReader implements AutoCloseable {

  private static final Duration WHILE_AWAY = Duration.ofMillis(20);

  private final TestDatabase database;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<List<Cut>> cuts;
  private volatile boolean reading = true;

  CutReader(TestDatabase database) {
    this.database = database;
    this.cuts = thread.submit(this::read);
  }

  private List<Cut> read() {
    List<Cut> seen = new ArrayList<>();
    boolean last;
    do {
      last = !reading;
      try {
        Cut cut = Cut.take(database);
        // One cut is read again and again until the next commit.
        if (seen.isEmpty() || !cut.equals(seen.get(seen.size() - 1))) {
          seen.add(cut);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(WHILE_AWAY.toNanos());
      }
    } while (!last);
    return seen;
  }

  /**
   * Stops reading and gives the cuts that were seen, in order; the last one is from after this
   * call.
   */
  List<Cut> stop() throws Exception {
    reading = false;
    return cuts.get();
  }

  @Override
  public void close() {
    reading = false;
    thread.shutdownNow();
  }
}
