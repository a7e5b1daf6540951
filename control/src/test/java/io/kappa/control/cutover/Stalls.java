package io.kappa.control.cutover;

import io.kappa.control.TestStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A reader that asks the same again and again, and notes how long each answer took. */
final class Stalls implements AutoCloseable {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<List<Long>> nanos;
  private volatile boolean reading = true;

  private Stalls(TestStore store, String query) {
    this.nanos = thread.submit(() -> read(store, query));
  }

  static Stalls of(TestStore store, String query) {
    return new Stalls(store, query);
  }

  private List<Long> read(TestStore store, String query) throws SQLException {
    List<Long> all = new ArrayList<>();
    try (Connection reader = store.database().connect("kappa_reader");
        PreparedStatement statement = reader.prepareStatement(query)) {
      while (reading) {
        long start = System.nanoTime();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
        all.add(System.nanoTime() - start);
      }
    }
    return all;
  }

  /** Stops reading and says what came of it. */
  String end() throws Exception {
    reading = false;
    return text(nanos.get());
  }

  static String text(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty()
        ? "no answers"
        : "%,d answers, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
            .formatted(
                sorted.size(),
                millis(sorted.get(sorted.size() / 2)),
                millis(sorted.get(sorted.size() * 99 / 100)),
                millis(sorted.get(sorted.size() - 1)));
  }

  private static double millis(long nanos) {
    return nanos / (double) Duration.ofMillis(1).toNanos();
  }

  @Override
  public void close() {
    reading = false;
    thread.shutdownNow();
  }
}
