package io.kappa.control.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.version.VersionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A reader that looks at all tables of a version, and at its frontier, in one snapshot after the
 * other, until closed.
 */
final class EverySnapshot implements AutoCloseable {

  /** What was seen in one snapshot. */
  private record Seen(
      SortedMap<Integer, Long> frontier, Map<String, Map<List<Object>, List<Object>>> tables) {}

  private static final long PAUSE_MS = 20;
  private static final int MOST = 400;

  private final Scene scene;
  private final VersionName name;
  private final CompletableFuture<Void> reading;
  private final List<Seen> seen = new ArrayList<>();
  private volatile boolean over;

  EverySnapshot(Scene scene, VersionName name) {
    this.scene = scene;
    this.name = name;
    this.reading = CompletableFuture.runAsync(this::read);
  }

  private void read() {
    try (Connection connection = scene.lane().store().database().connect("kappa_owner")) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      while (!over && seen.size() < MOST) {
        look(connection);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("the reader was disturbed", e);
    }
  }

  private void look(Connection connection) throws SQLException {
    SortedMap<Integer, Long> frontier = scene.frontier(connection, name);
    if (seen.isEmpty() || !seen.get(seen.size() - 1).frontier().equals(frontier)) {
      seen.add(new Seen(frontier, scene.tables(connection, name.schema())));
    }
    connection.rollback();
  }

  /** Ends reading, and holds each snapshot against what the log says at its frontier. */
  int requireEachRight() throws Exception {
    close();
    SortedMap<Integer, Long> last = new TreeMap<>();
    for (Seen each : seen) {
      last.forEach(
          (partition, offset) ->
              assertThat(each.frontier().get(partition)).isGreaterThanOrEqualTo(offset));
      last = each.frontier();
      assertThat(each.tables()).as("at %s", each.frontier()).isEqualTo(scene.right(last));
    }
    return seen.size();
  }

  @Override
  public void close() throws Exception {
    over = true;
    reading.get(1, TimeUnit.MINUTES);
  }
}
