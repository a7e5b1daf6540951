package io.kappa.control.cutover;

import io.kappa.control.TestStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a job's contract view and its frontier again and again, as one statement or as two in a
 * transaction, and notes whatever a reader must never see.
 */
final class PollingReader implements Runnable {

  private static final String BOTH =
      """
      SELECT f.version, (f.frontier -> 'activity' ->> '0')::bigint,
             (f.frontier -> 'activity' ->> '1')::bigint, i.id, i.n
        FROM kappa.freshness f LEFT JOIN activity_metrics.items i ON true
      """;
  private static final String FRESHNESS = "SELECT version, 0 FROM kappa.freshness";

  /** How long one answer took, and when it came. */
  record Answer(long at, long nanos) {}

  private final TestStore store;
  private final boolean repeatable;
  private final Duration pause;
  private final List<Answer> answers = new ArrayList<>();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean reading = true;
  private long zero;
  private long one;

  PollingReader(TestStore store, boolean repeatable, Duration pause) {
    this.store = store;
    this.repeatable = repeatable;
    this.pause = pause;
  }

  void stop() {
    reading = false;
  }

  List<Answer> answers() {
    return answers;
  }

  List<String> wrong() {
    return wrong;
  }

  @Override
  public void run() {
    try (Connection reader = store.database().connect("kappa_reader")) {
      if (repeatable) {
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        reader.setAutoCommit(false);
      }
      while (reading) {
        int before = repeatable ? version(reader) : 0;
        long start = System.nanoTime();
        read(reader, before);
        answers.add(new Answer(start, System.nanoTime() - start));
        if (repeatable) {
          reader.commit();
        }
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (SQLException e) {
      wrong.add("a reader was refused: " + e.getMessage());
    }
  }

  private static int version(Connection reader) throws SQLException {
    try (PreparedStatement query = reader.prepareStatement(FRESHNESS);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private void read(Connection reader, int before) throws SQLException {
    try (PreparedStatement query = reader.prepareStatement(BOTH);
        ResultSet row = query.executeQuery()) {
      int rows = 0;
      while (row.next()) {
        if (rows++ == 0) {
          look(row, before);
        }
        int version = row.getInt(1);
        if (!row.getString(4).startsWith("v%d-".formatted(version))) {
          wrong.add("row %s while version %d is live".formatted(row.getString(4), version));
        }
        if (row.getLong(5) != row.getLong(2) + row.getLong(3)) {
          wrong.add("a row of %d at frontier %d".formatted(row.getLong(5), row.getLong(2)));
        }
      }
      if (rows != Writer.ROWS) {
        wrong.add("%d rows".formatted(rows));
      }
    }
  }

  private void look(ResultSet row, int before) throws SQLException {
    if (before != 0 && before != row.getInt(1)) {
      wrong.add("two versions in one transaction");
    }
    if (row.getLong(2) < zero || row.getLong(3) < one) {
      wrong.add(
          "the frontier went back from %d, %d to %d, %d"
              .formatted(zero, one, row.getLong(2), row.getLong(3)));
    }
    zero = row.getLong(2);
    one = row.getLong(3);
  }
}
