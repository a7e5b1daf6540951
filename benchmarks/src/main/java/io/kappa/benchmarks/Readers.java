package io.kappa.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Many connections that read a contract view again and again, and how long each answer took. */
final class Readers implements AutoCloseable {

  private static final String QUERY =
      "SELECT count(*), sum(events) FROM activity_metrics.item_totals WHERE item_id IN ('i0', 'i1')";
  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'kappa_reader' AND wait_event_type = 'Lock'";
  private static final long BETWEEN_QUERIES_NANOS = 50_000_000;
  private static final long BETWEEN_LOOKS_NANOS = 5_000_000;

  /** One answer. */
  private record Answer(long begun, long ended) {}

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong blocked = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private Readers() {}

  /** So many readers begin to read. */
  static Readers of(OwnStack stack, int count) {
    Readers readers = new Readers();
    for (int i = 0; i < count; i++) {
      Connection connection = stack.reader();
      readers.threads.add(new Thread(() -> readers.read(connection), "reader " + i));
    }
    Connection looking = stack.reader();
    readers.threads.add(new Thread(() -> readers.lookForBlocked(looking), "looks for blocked"));
    readers.threads.forEach(Thread::start);
    return readers;
  }

  /** How often a reader was seen to wait for a lock. */
  long blocked() {
    return blocked.get();
  }

  /** How long the answers took that were under way within that time, in nanoseconds, sorted. */
  long[] took(long from, long to) {
    long[] took =
        answers.stream()
            .filter(answer -> answer.ended() >= from && answer.begun() <= to)
            .mapToLong(answer -> answer.ended() - answer.begun())
            .toArray();
    Arrays.sort(took);
    return took;
  }

  private void read(Connection connection) {
    try (connection;
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      while (!ended.get()) {
        long begun = System.nanoTime();
        try (ResultSet row = query.executeQuery()) {
          row.next();
        }
        answers.add(new Answer(begun, System.nanoTime()));
        LockSupport.parkNanos(BETWEEN_QUERIES_NANOS);
      }
    } catch (SQLException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void lookForBlocked(Connection connection) {
    try (connection;
        PreparedStatement query = connection.prepareStatement(BLOCKED)) {
      while (!ended.get()) {
        try (ResultSet row = query.executeQuery()) {
          row.next();
          blocked.addAndGet(row.getLong(1));
        }
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      }
    } catch (SQLException e) {
      failure.compareAndSet(null, e);
    }
  }

  /**
   * @throws BenchmarkException if one of them was refused an answer
   */
  @Override
  public void close() {
    ended.set(true);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw BenchmarkException.interrupted(e);
    }
    if (failure.get() != null) {
      throw new BenchmarkException("A reader got no answer", failure.get());
    }
  }
}
