package io.kappa.control.cutover;

import io.kappa.control.TestStore;
import io.kappa.control.cutover.PollingReader.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits for a version as its job does: the ledger locked, rows written, the ledger moved on to
 * where the log ended when the commit began. Each row carries the version and the sum of offsets.
 */
final class Writer implements Runnable {

  static final int ROWS = 20;

  private final TestStore store;
  private final int version;
  private final AtomicLongArray log;
  private final Duration pause;
  private final List<Answer> waits = new ArrayList<>();
  private volatile boolean writing = true;

  /**
   * @param log the ends of partitions 0 and 1
   */
  Writer(TestStore store, int version, AtomicLongArray log, Duration pause) {
    this.store = store;
    this.version = version;
    this.log = log;
    this.pause = pause;
  }

  void stop() {
    writing = false;
  }

  /** How long each commit waited for its ledger. */
  List<Answer> waits() {
    return waits;
  }

  @Override
  public void run() {
    try (Connection job = store.database().connect("kappa_job")) {
      job.setAutoCommit(false);
      while (writing) {
        commit(job);
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("version " + version + " can't commit", e);
    }
  }

  private void commit(Connection job) throws SQLException {
    long zero = log.get(0);
    long one = log.get(1);
    try (Statement lock = job.createStatement();
        PreparedStatement row =
            job.prepareStatement(
                "INSERT INTO activity_metrics_v%d.items (id, n) VALUES (?, ?)".formatted(version)
                    + " ON CONFLICT (id) DO UPDATE SET n = excluded.n");
        PreparedStatement ledger =
            job.prepareStatement(
                "UPDATE kappa.ledger SET frontier = ?::jsonb, committed_at = clock_timestamp()"
                    + " WHERE version = ?")) {
      long start = System.nanoTime();
      lock.execute("SELECT 1 FROM kappa.ledger WHERE version = %d FOR UPDATE".formatted(version));
      waits.add(new Answer(start, System.nanoTime() - start));
      for (int i = 0; i < ROWS; i++) {
        row.setString(1, "v%d-%d".formatted(version, i));
        row.setLong(2, zero + one);
        row.addBatch();
      }
      row.executeBatch();
      ledger.setString(1, "{\"activity\": {\"0\": %d, \"1\": %d}}".formatted(zero, one));
      ledger.setInt(2, version);
      ledger.executeUpdate();
      job.commit();
    }
  }
}
